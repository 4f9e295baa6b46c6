import { posix } from 'node:path';
import { expand } from '../../parse/variables.ts';
import type { CopyEffect, Heredoc, ImageState, SourceInstruction } from '../../types.ts';
import type { Layer } from './layer.ts';

/** What a COPY or ADD brings, with the text of its heredocs. */
export function copyLayers(copy: CopyEffect, instruction: SourceInstruction, state: ImageState, escape: '\\' | '`'): Layer[] {
  if (copy.from === 'context') {
    return copy.placed.map(({ path, source, kind }) => ({ kind: 'context', path, source, directory: kind === 'directory' }));
  }
  if (copy.from === 'heredoc') {
    return copy.placed.flatMap(({ path }, at): Layer[] => {
      const heredoc = instruction.heredocs.find(({ name }) => name === copy.sources[at]);
      return heredoc ? [{ kind: 'text', path, ...bodyOf(heredoc, instruction, state, escape), inline: false, more: false }] : [];
    });
  }
  return [copy.destination, ...copy.sources.map((source) => posix.join(copy.destination, posix.basename(source)))].map((path) => ({
    kind: 'made',
    path,
    built: false,
  }));
}

/** A delimiter without quotes lets Docker expand variables: https://docs.docker.com/reference/dockerfile/#here-documents */
function bodyOf(heredoc: Heredoc, instruction: SourceInstruction, state: ImageState, escape: '\\' | '`'): { text: string; line: number } {
  const [, dash, quote] = new RegExp(`<<(-?)\\s*(["']?)${heredoc.name.replace(/[^\w-]/g, '.')}`).exec(instruction.text) ?? [];
  const body = dash === '-' ? heredoc.body.replace(/^\t+/gm, '') : heredoc.body;
  const before = instruction.text.slice(0, Math.max(0, instruction.text.indexOf(heredoc.body, instruction.text.indexOf('\n'))));
  return {
    text: quote === '' ? expand(body, { ...state.args, ...state.env }, escape).text : body,
    line: instruction.line + before.split('\n').length - 1,
  };
}
