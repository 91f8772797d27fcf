// What changed between two texts, word by word.

import { diffWordsWithSpace } from "diff";
import { t } from "../words.js";

interface Props {
  before: string;
  after: string;
}

/** Languages without blanks between words have words all the same. */
const SEGMENTER = "Segmenter" in Intl ? { intlSegmenter: new Intl.Segmenter(undefined, { granularity: "word" }) } : {};

/** Texts that have more words in common than can be found in so long are shown one after the other, in milliseconds. */
const PATIENCE = 40;

const differences = ({ before, after }: Props): { value: string; added?: boolean; removed?: boolean }[] =>
  diffWordsWithSpace(before, after, { ...SEGMENTER, timeout: PATIENCE }) ?? [
    { value: before, removed: true },
    { value: after, added: true },
  ];

/** Both texts in one: what went and what came. */
export const Diff = (props: Props) => (
  <span class="diff">
    {differences(props).map(({ value, added, removed }) =>
      added ? (
        <ins>
          <span class="unseen">{t("diff-added")} </span>
          {value}
        </ins>
      ) : removed ? (
        <del>
          <span class="unseen">{t("diff-removed")} </span>
          {value}
        </del>
      ) : (
        value
      ),
    )}
  </span>
);
