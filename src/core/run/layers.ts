import type { LayerGroup } from '../../protocol/outputs';
import type { ModuleInfo } from '../../protocol/trainer';

/** Modules of one kind counted together, in order of first appearance. Containers, which hold no weights, are left out. */
export function summariseLayers(modules: readonly ModuleInfo[]): readonly LayerGroup[] {
  const groups = new Map<string, LayerGroup>();
  for (const module of modules) {
    if (module.parameters === 0 && module.shape === null) continue;
    const name = layerName(module.name);
    const { type, shape, dtype, target } = module;
    const key = JSON.stringify([name, type, shape, dtype, target]);
    const group = groups.get(key);
    groups.set(key, {
      name,
      type,
      shape,
      dtype,
      target,
      count: (group?.count ?? 0) + 1,
      parameters: (group?.parameters ?? 0) + module.parameters,
    });
  }
  return [...groups.values()];
}

/**
 * The part of a module path that says what it is: "qkv_proj" of "model.layers.0.self_attn.qkv_proj". PEFT wraps a layer as
 * "….qkv_proj.base_layer" and puts "….qkv_proj.lora_A.default" beside it (peft/tuners/lora/layer.py, LoraLayer).
 */
function layerName(path: string): string {
  const parts = path.split('.').filter((part) => part !== 'base_layer' && !/^\d+$/.test(part));
  const lora = parts.findIndex((part) => part.startsWith('lora_'));
  if (lora > 0) return parts.slice(lora - 1, lora + 1).join('.');
  return parts.at(-1) ?? path;
}
