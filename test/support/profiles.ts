/** Small projects, and the lines that Dockerfiles over them have. */
export interface Profile {
  files: Record<string, string>;
  bases: string[];
  /** In the order in which they come; a generated Dockerfile leaves some out. */
  steps: string[];
  starts: string[];
}

const node: Profile = {
  files: {
    'package.json': JSON.stringify({
      ...{ name: 'app', main: 'server.js', scripts: { build: 'tsc', start: 'node dist/index.js', dev: 'nodemon' } },
      ...{ dependencies: { express: '^4.18.0' }, devDependencies: { typescript: '^5.0.0' } },
    }),
    'package-lock.json': '{"name":"app","lockfileVersion":3,"packages":{}}',
    'server.js': "require('express')().listen(8080);\n",
    'src/index.ts': 'console.log(process.env.NODE_ENV);\n',
    'entrypoint.sh': '#!/bin/sh\nset -e\nexec "$@"\n',
    '.dockerignore': 'node_modules\n',
  },
  bases: ['node:20', 'node:20', 'node:22-bookworm', 'node:20-alpine', 'node', 'node:20@sha256:0123456789abcdef'],
  steps: [
    'WORKDIR /app',
    'RUN apt-get update && apt-get install -y python3 make g++',
    'COPY package*.json ./',
    'RUN npm ci',
    'COPY . .',
    'RUN npm run build',
    'RUN npm prune --omit=dev',
    'RUN chmod +x entrypoint.sh',
    'ENTRYPOINT ["./entrypoint.sh"]',
  ],
  starts: ['CMD ["node", "dist/index.js"]', 'CMD npm start', 'CMD ["npm", "start"]', 'CMD node server.js', 'CMD ["npm", "run", "dev"]'],
};

const go: Profile = {
  files: {
    'go.mod': 'module example.com/app\n\ngo 1.21\n',
    'main.go': 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tb, _ := os.ReadFile("config.yaml")\n\tfmt.Println(string(b))\n}\n',
    'config.yaml': 'a: 1\n',
    'entrypoint.sh': '#!/bin/sh\nexec /app/server "$@"\n',
  },
  bases: ['golang:1.22', 'golang:1.22', 'golang:1.21-alpine3.19', 'golang', 'golang:1.20-buster'],
  steps: [
    'WORKDIR /app',
    'RUN apk add --no-cache git make',
    'ENV CGO_ENABLED=0',
    'COPY go.mod ./',
    'RUN go mod download',
    'COPY . .',
    'RUN go build -o /app/server .',
    'RUN CGO_ENABLED=0 GOOS=linux go build -ldflags "-X main.v=1" -o server && chmod +x server',
  ],
  starts: [
    'CMD ["/app/server"]',
    'CMD ./server',
    'ENTRYPOINT ["/app/server"]',
    'CMD ["./server", "--port", "80"]',
    'CMD ["go", "run", "."]',
    'ENTRYPOINT ["/app/entrypoint.sh"]',
  ],
};

const python: Profile = {
  files: {
    'requirements.txt': 'flask==3.0.0\ngunicorn\npsycopg2==2.9.9\n',
    'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    'entrypoint.sh': '#!/bin/bash\nexec gunicorn app:app\n',
  },
  bases: ['python:3.12', 'python:3.12', 'python:3.11-bookworm', 'python:3.12-slim', 'python:3.9-alpine', 'python'],
  steps: [
    'WORKDIR /srv',
    'RUN apt-get update \\\n    && apt-get install -y --no-install-recommends gcc libpq-dev \\\n    && rm -rf /var/lib/apt/lists/*',
    'COPY requirements.txt .',
    'RUN pip install --no-cache-dir -r requirements.txt',
    'COPY . .',
    'RUN chmod +x entrypoint.sh',
  ],
  starts: ['CMD ["gunicorn", "app:app"]', 'CMD ["python", "app.py"]', 'CMD flask run', 'ENTRYPOINT ["/srv/entrypoint.sh"]'],
};

export const profiles: Profile[] = [node, go, python];
