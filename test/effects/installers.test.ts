import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('scripts from known addresses', () => {
  it.each([
    ['curl -sL https://deb.nodesource.com/setup_20.x | bash -', 'runtime package-source'],
    ['curl -sL https://rpm.nodesource.com/setup_18.x | bash -', 'runtime package-source'],
    [
      'curl -sL https://deb.nodesource.com/setup_20.x -o n.sh && bash n.sh && rm n.sh',
      'runtime package-source /src/n.sh | runtime package-source | runtime package-source /src/n.sh/!',
    ],
    ['bash -c "$(curl -fsSL https://deb.nodesource.com/setup_20.x)"', 'runtime package-source'],
    ['bash <(curl -s https://packagecloud.io/install/repositories/a/b/script.deb.sh)', 'runtime package-source'],
    ['curl -s https://packagecloud.io/install/repositories/a/b/script.deb.sh | sudo bash', 'runtime package-source'],
    ['curl https://sh.rustup.rs -sSf | sh -s -- -y', 'build rust-install /root/.cargo/ /root/.rustup/'],
    ['curl https://sh.rustup.rs -sSf | CARGO_HOME=/opt/cargo RUSTUP_HOME=/opt/rustup sh -s -- -y', 'build rust-install /opt/cargo/ /opt/rustup/'],
    ['curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.39.0/install.sh | bash', 'build version-install /root/.nvm/'],
    ['curl -fsSL https://bun.sh/install | bash', 'build tool-install /root/.bun/'],
    ['curl -fsSL https://deno.land/install.sh | sh', 'build tool-install /root/.deno/'],
    ['curl -fsSL https://deno.land/install.sh | DENO_INSTALL=/usr/local/deno sh', 'build tool-install /usr/local/deno/'],
    ['curl -LsSf https://astral.sh/uv/install.sh | sh', 'unknown'],
    ['sh -c "$(curl -LsSf https://astral.sh/uv/install.sh)"', 'build tool-install /root/.local/bin/uv'],
    ['curl -s https://get.sdkman.io | bash', 'build version-install /root/.sdkman/'],
    ['curl -fsSL https://get.docker.com | sh', 'runtime installer'],
    [
      'curl -sSfL https://raw.githubusercontent.com/golangci/golangci-lint/master/install.sh | sh -s -- -b /usr/local/bin v1.50',
      'both download /usr/local/bin/golangci-lint',
    ],
    ['curl https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-3 | bash', 'both download /usr/local/bin/helm'],
    ['curl https://a.example/install.sh | sh', 'unknown'],
    ['wget -qO- https://a.example/install.sh | sh', 'unknown'],
    ['curl -sSL https://dot.net/v1/dotnet-install.sh | bash /dev/stdin --channel 8.0 --install-dir /opt/dotnet', 'build version-install /opt/dotnet/'],
    ['curl https://sh.rustup.rs | sed s/a/b/ | sh', 'unknown'],
    ['sh <(wget -qO- https://get.haskellstack.org)', 'build tool-install /usr/local/bin/stack'],
    ['curl https://sdk.cloud.google.com | bash -s -- --install-dir=/opt --disable-prompts', 'build tool-install /opt/google-cloud-sdk/'],
    ['curl https://get.pnpm.io/install.sh | sh -', 'build tool-install /root/.local/share/pnpm/'],
  ])('are known by their address: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
