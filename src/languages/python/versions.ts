import { compareVersions } from '../../knowledge/base.ts';

/** Whether every patch of a minor version (`3.12`) fits a request: `>=3.10,<4`, `3.12`, `^3.9`. */
export function fitsVersion(minor: string, request: string): boolean {
  return request.split(',').every((part) => {
    const [, operator = '', version = ''] = /^\s*(>=|<=|==|~=|!=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)(?:\.\*)?\s*$/.exec(part) ?? [];
    if (version === '') return false;
    const plain = version.split('.').slice(0, 2).join('.');
    const exact = version.split('.').length > 2 && !/\.0$/.test(version);
    const order = compareVersions(minor, plain);
    switch (operator) {
      case '>=':
        return order > 0 || (order === 0 && !exact);
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      case '<=':
        return order < 0;
      case '!=':
        return order !== 0;
      case '^':
      case '~=':
        return minor.split('.')[0] === plain.split('.')[0] && (order > 0 || (order === 0 && !exact));
      default:
        return version.split('.').length === 1 ? minor.startsWith(`${version}.`) : order === 0 && version.split('.').length === 2;
    }
  });
}
