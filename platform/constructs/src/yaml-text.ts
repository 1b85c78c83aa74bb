import { isJsonObject, type JsonValue } from '@drydock/model';

/** Text that YAML reads as a string in every version, with or without quotes. */
const PLAIN = /^[A-Za-z_/][\w./@%+-]*(?:[:=][\w./@%+-]+)*$/;
const KEYWORD = /^(?:true|false|yes|no|on|off|null|y|n)$/i;
/** What a literal block cannot hold, or would not give back unchanged. */
const NOT_LITERAL = /[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]|^[\s]|[ \t]\n|[ \t]$/;
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff]/g;

/**
 * Writes data as a YAML document with two spaces, keys in order of code unit, strings quoted wherever any YAML
 * version could read them as something else. The same data gives the same bytes, always.
 */
export function yamlText(value: JsonValue): string {
  if (isJsonObject(value) && Object.keys(value).length > 0) return mapping(value, '');
  if (Array.isArray(value) && value.length > 0) return sequence(value, '');
  return `${scalar(value, '')}\n`;
}

function mapping(object: { readonly [key: string]: JsonValue }, indent: string): string {
  let text = '';
  for (const key of Object.keys(object).sort())
    text += `${indent}${quoted(key)}:${child(object[key] ?? null, indent)}`;
  return text;
}

function sequence(list: readonly JsonValue[], indent: string): string {
  let text = '';
  for (const item of list) {
    const isBlock = isCollection(item) && Object.keys(item).length > 0;
    text += isBlock
      ? `${indent}- ${block(item, `${indent}  `).slice(indent.length + 2)}`
      : `${indent}- ${scalar(item, indent)}\n`;
  }
  return text;
}

function child(value: JsonValue, indent: string): string {
  if (isCollection(value) && Object.keys(value).length > 0) return `\n${block(value, `${indent}  `)}`;
  return ` ${scalar(value, indent)}\n`;
}

function block(value: readonly JsonValue[] | { readonly [key: string]: JsonValue }, indent: string): string {
  return Array.isArray(value)
    ? sequence(value, indent)
    : mapping(value as { readonly [key: string]: JsonValue }, indent);
}

function isCollection(
  value: JsonValue,
): value is readonly JsonValue[] | { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null;
}

function scalar(value: JsonValue, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return value.includes('\n') && !NOT_LITERAL.test(value) ? literal(value, indent) : quoted(value);
}

function quoted(text: string): string {
  if (PLAIN.test(text) && !KEYWORD.test(text)) return text;
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A literal block scalar (https://yaml.org/spec/1.2.2/#812-literal-style): lines as they are. */
function literal(text: string, indent: string): string {
  const body = text.replace(/\n*$/, '');
  const ending = text.slice(body.length);
  const chomp = ending === '' ? '-' : ending === '\n' ? '' : '+';
  const lines = `${body}${ending.slice(1)}`
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}  ${line}`));
  return `|${chomp}\n${lines.join('\n')}`;
}
