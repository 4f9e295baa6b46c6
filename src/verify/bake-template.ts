/**
 * Bake reads each string of a JSON file as a template, in which `${` and `%{` begin a variable or a directive; doubled they stand for
 * themselves. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions
 */
export function toTemplate(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

/** What `toTemplate` was given. */
export function fromTemplate(template: string): string {
  return template.replace(/([$%])\1\{/g, '$1{');
}
