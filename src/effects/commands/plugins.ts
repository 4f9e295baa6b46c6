import { posix } from 'node:path';
import { effect, fillsTree, hasOption, looks, operands, placeOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** TeX Live's own packages. */
const tlmgr: CommandRule = (command) => {
  const [verb] = operands(command, ['--repository', '-repository']);
  return /^(info|list|search|--version|version|conf|check|show|print)$/.test(verb?.value ?? 'info')
    ? looks(command)
    : effect('runtime', 'installs packages of TeX', { action: 'tlmgr-install' });
};

/** Plugins that a server of the image fetches for itself. */
const plugins: CommandRule = (command) => {
  const verbs = operands(command).map((word) => word.value);
  return verbs.some((verb) => /^(install|enable|remove|disable|i|add|update|build|reset-admin-password)$/.test(verb))
    ? effect('runtime', `installs plugins with ${posix.basename(command.name)}`, {
        action: 'plugin-install',
        ...(verbs.includes('labextension') && { compiles: true }),
      })
    : verbs.some((verb) => /^(list|info|--version)$/.test(verb))
      ? looks(command)
      : undefined;
};

/** jupyter: its extensions; its configuration in the home directory. */
const jupyter: CommandRule = (command, scope) => {
  if (hasOption(command, '--version', '--paths')) return looks(command);
  if (hasOption(command, '--generate-config')) return fillsTree(placeOf(command, 'JUPYTER_CONFIG_DIR', '.jupyter'), 'configures jupyter', 'jupyter-config');
  const [verb] = operands(command);
  if (verb?.value === 'lab' && operands(command)[1]?.value !== 'build' && operands(command)[1]?.value !== 'clean') return undefined;
  return /^(nbextension|labextension|serverextension|server|contrib|kernelspec|lab|bundlerextension|jupytext|nbextensions_configurator)$/.test(
    verb?.value ?? '',
  )
    ? (plugins(command, scope) ?? (hasOption(command, 'clean') ? looks(command) : undefined))
    : undefined;
};

/** ROS's rosdep: its lists. What it installs nobody can name. */
const rosdep: CommandRule = (command) => {
  const [verb] = operands(command, ['--rosdistro', '--from-paths', '--skip-keys', '--os']);
  if (verb?.value === 'update') return effect('build', 'fetches lists', { action: 'rosdep-update' });
  if (verb?.value === 'init') return fillsTree('/etc/ros/rosdep', 'fetches lists', 'rosdep-init');
  return /^(check|keys|resolve|db|where-defined)$/.test(verb?.value ?? '') ? looks(command) : undefined;
};

/** Extensions that a program of the image installs for itself. */
export const pluginRules: Record<string, CommandRule> = {
  ...{ tlmgr, jupyter, rosdep },
  ...Object.fromEntries(
    'elasticsearch-plugin opensearch-plugin logstash-plugin kibana-plugin rabbitmq-plugins grafana-cli opensearch-dashboards-plugin install-plugins.sh jenkins-plugin-cli gerrit-plugin plugin'
      .split(' ')
      .map((name) => [name, plugins]),
  ),
};
