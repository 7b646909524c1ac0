// Is every page valid HTML? Taste is not checked.
export default {
  root: true,
  extends: ['html-validate:standard'],
  // `rel="preload stylesheet"` with `as` is allowed; the checker takes the two words for one.
  rules: { 'attribute-misuse': 'off' },
};
