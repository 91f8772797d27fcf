// The language that was chosen on another page of this site, before anything is shown.
document.documentElement.dataset.copyLocale = sessionStorage.getItem("locale") ?? "";
