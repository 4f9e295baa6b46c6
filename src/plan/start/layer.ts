/** One thing that an instruction does to the files of the image. */
export type Layer =
  | { kind: 'context'; path: string; source: string; directory: boolean }
  /** Text that stands in the Dockerfile, put into a file or (`more`) behind what is in it. `inline`: all of it comes from one line. */
  | { kind: 'text'; path: string; text: string; line: number; inline: boolean; more: boolean }
  /** Copied, moved or linked from elsewhere in the image. */
  | { kind: 'same'; path: string; as: string }
  | { kind: 'changed'; path: string; by: string }
  /** `built`: a program, not a text. */
  | { kind: 'made'; path: string; built: boolean }
  | { kind: 'gone'; path: string };
