// Heads that learn in the page: a dense layer with softmax, from the numbers that stand for some drawings.

import { batch, network } from "../js/nn/network.js";
import { trainer } from "../js/nn/trainer.js";
import { count, crc32 } from "../js/nn/weights.js";

const RATE = 0.01; // Adam's, as in Python

/** A dense layer of so many inputs and classes, its weights 0. */
function dense(inputs, classes) {
  const weights = [{ name: "kernel", shape: [inputs, classes] }, { name: "bias", shape: [classes] }];
  const bytes = new Uint8Array(2 * weights.reduce((sum, { shape }) => sum + count(shape), 0));
  const layers = [
    { name: "numbers", kind: "InputLayer", inputs: [], shape: [1, 1, inputs], config: {}, weights: [] },
    { name: "head", kind: "Dense", inputs: ["numbers"], shape: [1, 1, classes], config: { activation: "softmax" }, weights },
  ];
  return network({ name: "head", layers, crc32: crc32(bytes) }, bytes);
}

/** Teach a head `examples`, { numbers, label }, all of them in every step; returns numbers => probabilities. */
export function taught(examples, inputs, classes, steps) {
  const net = dense(inputs, classes);
  if (examples.length) {
    const pictures = new Float32Array(inputs * examples.length);
    examples.forEach(({ numbers }, i) => pictures.set(numbers, i * inputs));
    const data = { pictures, classes: examples.map(({ label }) => label) };
    const how = { size: examples.length, seed: 0, initializer: "zeros", optimizer: "adam", settings: { learning_rate: RATE }, mixed: false };
    const teacher = trainer(net, data, how);
    for (let step = 0; step < steps; step++) teacher.step();
  }
  const one = batch(net, 1);
  return (numbers) => {
    one.input.data.set(numbers);
    return [...one.forward()];
  };
}

/** Of how many examples a head names each rightly that has learned from the others. */
export const leftOut = (examples, inputs, classes, steps) =>
  examples.filter(({ numbers, label }, i) => {
    const said = taught(examples.filter((_, k) => k !== i), inputs, classes, steps)(numbers);
    return said.indexOf(Math.max(...said)) === label;
  }).length;

/** What the heads read of drawings, bytes: the trunk's pooled numbers, and the pixels from 0 to 1, ink as 1. */
export function reader(graph, weights) {
  const run = batch(network(graph, weights), 1);
  return (bytes) => {
    run.input.data.set(bytes);
    run.forward();
    return { trunk: run.values.avg_pool.data.slice(), pixels: Float32Array.from(bytes, (value) => 1 - value / 255) };
  };
}
