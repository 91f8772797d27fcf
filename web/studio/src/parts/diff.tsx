// What changed between two texts, word by word.

import { diffWordsWithSpace } from "diff";
import { t } from "../words.js";

interface Props {
  before: string;
  after: string;
}

const differences = ({ before, after }: Props) => {
  // Languages without blanks between words have words all the same.
  const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "word" }) : undefined;
  return diffWordsWithSpace(before, after, segmenter ? { intlSegmenter: segmenter } : {});
};

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
