/** Programs that full images have and slim ones lack; those that are words of English as well need an argument that looks like one. */
const TOOLS =
  /^\s*(?:\/usr)?(?:\/bin\/)?(?:(git|curl|wget|ssh|scp|sftp|ssh-keygen|ssh-keyscan|ssh-add|ssh-agent|gcc|g\+\+|mogrify|hg|svn|unzip|zipinfo|bzip2|bunzip2|gpg|gpgv|pgrep|pkill|pidof|uptime|vmstat|sysctl|mysql_config|pg_config)(?=\s|$|\))|(convert|identify|montage|composite|make|file|patch|ps|top|free|watch|cc|xz)(?=\s+(?:[-./{]|aux?\b|axu?\b)))/;
/** What stands between the commands of a line. */
const BETWEEN = /&&|\|\|?|;|\n|\$\(|`/;
/** Words that another command follows. */
const BEFORE = /^\s*(?:(?:\w+=\S*|sudo|exec|nohup|time|env|nice|xargs|then|do|else|if|while|until|!|timeout\s+[\d.]+\w?)\s+)*/;

/** The first word of each command in a piece of shell text: `cd x && git pull | tail` → cd, git, tail. */
export function programsOf(words: string): string[] {
  return commandsOf(words).flatMap((part) => {
    const first = /^([\w./+-]+)/.exec(part)?.[1];
    return first === undefined ? [] : [first.replace(/^\/(usr\/)?(local\/)?s?bin\//, '')];
  });
}

/** The commands of a text that begin with a program of full images. */
export function toolsIn(words: string): string[] {
  return commandsOf(words).flatMap((part) => {
    const match = TOOLS.exec(part);
    return match?.[1] ?? match?.[2] ?? [];
  });
}

function commandsOf(words: string): string[] {
  return words.split(BETWEEN).map((part) => part.replace(BEFORE, ''));
}
