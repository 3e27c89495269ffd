import { message } from '../../../common/message';
import type { ConfigReader } from '../configReader';
import { leaf, type ModuleNode } from './module';

/** ACT2CLS of transformers 5.18.0 (activations.py): the class behind each name, of those without parameters. */
const CLASSES: Readonly<Record<string, string>> = {
  gelu: 'GELUActivation',
  gelu_10: 'ClippedGELUActivation',
  gelu_fast: 'FastGELUActivation',
  gelu_new: 'NewGELUActivation',
  gelu_python: 'GELUActivation',
  gelu_pytorch_tanh: 'GELUTanh',
  gelu_python_tanh: 'GELUTanh',
  gelu_accurate: 'AccurateGELUActivation',
  hardswish: 'Hardswish',
  laplace: 'LaplaceActivation',
  leaky_relu: 'LeakyReLU',
  linear: 'LinearActivation',
  mish: 'MishActivation',
  quick_gelu: 'QuickGELUActivation',
  relu: 'ReLU',
  relu2: 'ReLUSquaredActivation',
  relu6: 'ReLU6',
  sigmoid: 'Sigmoid',
  silu: 'SiLUActivation',
  sqrtsoftplus: 'SqrtSoftplusActivation',
  swish: 'SiLU',
  tanh: 'Tanh',
};

/** ACT2FN[config.<key>]. */
export function activation(config: ConfigReader, key: string, fallback: string): ModuleNode {
  const name = config.text(key, fallback);
  const type = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
  if (type !== undefined) return leaf(type);
  config.wrong(key, (...at) =>
    message('{0}, line {1}: "{2}" is {3}, which is no activation that transformers has.', ...at),
  );
  return leaf('SiLUActivation');
}
