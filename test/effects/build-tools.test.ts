import { expect, test } from '@jest/globals';
import { buildToolAtStart } from '../../src/effects/build-tools.ts';
import { parseShell } from '../../src/parse/shell.ts';

function builds(text: string): string | undefined {
  return buildToolAtStart({ commands: parseShell(text, '/', {}).segments.flatMap((segment) => segment.commands) })?.name;
}

test.each([
  'make run',
  'gcc x.c && ./a.out',
  'cmake --build .',
  './mvnw spring-boot:run',
  'mvn jetty:run',
  './gradlew bootRun',
  'sbt run',
  'cargo run --release',
  'cargo watch -x run',
  'dotnet run',
  'dotnet watch run',
  'mix deps.get',
  'go build && ./app',
  'bazel run //x',
  'swift run',
  'stack exec app',
  'rake assets:precompile && rails server',
  'tsc && node x.js',
  'lein run',
  'clojure -M:run',
])('%s builds', (text) => {
  expect(builds(text)).toBeDefined();
});

test.each([
  'dotnet app.dll',
  'cargo --version',
  'java -jar x.jar',
  'mix phx.server',
  'go run .',
  'rails server',
  'node x.js',
  './app make',
  'dart bin/server.dart',
  'go version',
  'bundle exec puma',
  'make --version',
])('%s does not', (text) => {
  expect(builds(text)).toBeUndefined();
});
