import type { ModelStructure } from '../../../protocol/model';
import { leafOf, suffixesOf } from './matchNames';

// Names of linear experts before they were fused: Llama's, Mixtral's, of Granite and its kin
const UP = ['gate_proj', 'up_proj', 'w1', 'w3', 'fc1', 'linear_1', 'gate_up_proj', 'input_linear'];
const DOWN = ['down_proj', 'w2', 'fc2', 'linear_2', 'output_linear'];

/**
 * The fused parameters of a model ("experts.gate_up_proj") that hold what once were linear layers of this name; empty where
 * there are none.
 */
export function formerExperts({ modules }: ModelStructure, name: string): readonly string[] {
  const leaf = leafOf(name);
  const isUp = UP.includes(leaf);
  if (!isUp && !DOWN.includes(leaf)) return [];
  const fused = modules.flatMap((module) =>
    module.parameters.filter(({ shape }) => shape.length === 3).map((parameter) => `${module.name}.${parameter.name}`),
  );
  const wanted = fused.filter((parameter) => (isUp ? UP : DOWN).includes(leafOf(parameter)));
  return [...new Set(wanted.map((parameter) => suffixesOf(parameter)[1] ?? parameter))];
}
