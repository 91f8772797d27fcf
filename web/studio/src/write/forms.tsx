// A text that depends on a number, or on something else: a tab for each of its forms.

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Part } from "../pattern/parts.js";
import type { Forms } from "../pattern/source.js";
import { t } from "../words.js";
import { Field } from "./field.jsx";
import { examplesOf } from "./shown.jsx";

type FieldProps = Parameters<typeof Field>[0];

interface Props extends Omit<FieldProps, "parts" | "newest" | "typed"> {
  forms: Forms;
  /** As they are at this very moment. */
  newest: () => Forms | undefined;
  typed: (forms: Forms) => void;
}

/** The names of plural forms, in their usual order. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

const isCategory = (key: string): boolean => CATEGORIES.includes(key);

/** Whether a number decides. */
export const isPlural = ({ variants }: Forms): boolean => [...variants.keys()].every((key) => isCategory(key) || /^-?[\d.]+$/.test(key));

/** Every form that there is, or that the language has, with a number that it is for. */
const tabsOf = (forms: Forms, locale: string): { key: string; example?: string }[] => {
  const keys = [...forms.variants.keys()];
  if (!isPlural(forms)) return keys.map((key) => ({ key }));
  const type = /type: "ordinal"/.test(forms.selector) ? "ordinal" : "cardinal";
  const examples = examplesOf(locale, type);
  const exact = keys.filter((key) => !isCategory(key)), all = CATEGORIES.filter((one) => examples.has(one));
  // What the fallback stands for may have another name than the language's.
  const more = keys.filter((key) => isCategory(key) && !all.includes(key));
  return [...exact, ...all, ...more].map((key) => ({ key, ...(examples.has(key) && { example: examples.get(key)!.toLocaleString(locale) }) }));
};

export const FormsField = ({ forms, newest, typed, ...field }: Props) => {
  const tabs = tabsOf(forms, field.locale), chosen = useSignal(tabs[0]!.key), id = useId();
  const key = tabs.some((tab) => tab.key === chosen.value) ? chosen.value : tabs[0]!.key;
  const partsOf = ({ variants, fallback }: Forms): Part[] => variants.get(key) ?? variants.get(fallback) ?? [];
  const type = (next: Part[]): void => {
    const variants = new Map((newest() ?? forms).variants);
    variants.set(key, next);
    // The order of the source counts; what is new comes before what stands for all others.
    const last = variants.get(forms.fallback)!;
    variants.delete(forms.fallback);
    typed({ ...forms, variants: variants.set(forms.fallback, last) });
  };
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const turned = getComputedStyle(event.currentTarget as Element).direction === "rtl" ? -step : step;
    const next = tabs[(tabs.findIndex((tab) => tab.key === key) + turned + tabs.length) % tabs.length]!;
    chosen.value = next.key;
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div class="forms">
      <div role="tablist" aria-label={t("forms", { selector: forms.selector.replace("$", "") })} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-selected={tab.key === key}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === key ? 0 : -1}
            class={forms.variants.get(tab.key)?.length ? "" : "absent"}
            onClick={() => (chosen.value = tab.key)}
          >
            {tab.key}
            {tab.example !== undefined && tab.example !== tab.key && <span class="example">{tab.example}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${key}`}>
        {!forms.variants.has(key) && <p class="quiet">{t("form-absent", { fallback: forms.fallback })}</p>}
        <Field key={key} {...field} label={`${field.label} · ${key}`} parts={partsOf(forms)} newest={() => partsOf(newest() ?? forms)} typed={type} />
      </div>
    </div>
  );
};
