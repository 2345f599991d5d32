import { paintGrey, paintSigned } from "../js/draw/canvas.js";
import { drawBars } from "../js/draw/charts.js";
import { element, say } from "../js/draw/element.js";
import { percent, three } from "../js/draw/format.js";
import { themeOf } from "../js/draw/theme.js";
import { explorer } from "../js/frame/explorer.js";
import { onKeys } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";
import { usualLimit } from "../js/math/ops.js";
import { given } from "../js/nn/given.js";
import { batch, network } from "../js/nn/network.js";

const RANGES = { trained: [1 / 127.5, -1], unit: [1 / 255, 0], bytes: [1, 0] }; // Python's
const [LAYERS, MAPS, SIDE] = [5, 6, 32];

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

async function build({ model, el, read, set, signal }) {
  const { graph, names, labels, weights, pictures } = await given(model);
  const net = network(graph, weights);
  const panel = (title, label) => mapPanel("cnn-range-map", { title, label });
  const shown = panel("Picture", "Picture: left and right arrow keys choose another");
  const maps = Array.from({ length: MAPS }, (_, i) => panel(`Map ${i + 1}`));
  const bars = element("div", { className: "cnn-bars" });
  const caption = element("p", { className: "cnn-title cnn-range-caption" });
  el.append(element("div", { className: "cnn-range-maps" }, shown.node, ...maps.map(({ node }) => node)), caption, bars);
  const move = { ArrowLeft: -1, ArrowRight: 1 };
  onKeys(shown.stage, Object.keys(move), (key) => set({ picture: read().picture + move[key] }), signal);

  /** Run the network on a picture; returns what its layers and its output hold. */
  function seen(number, range) {
    const { config } = net.named.scale;
    [config.scale, config.offset] = RANGES[range];
    const made = batch(net, 1); // its scaling is read when it is made
    made.input.data.set(pictures.subarray(number * SIDE * SIDE, (number + 1) * SIDE * SIDE));
    made.forward();
    return made.values;
  }
  const response = (values) => Array.from({ length: LAYERS }, (_, i) => mean(values[`conv${i + 1}_relu`].data));

  return ({ pixels: range, picture, right }) => {
    const usual = seen(picture, "trained");
    const limit = usualLimit(usual.conv1_relu.data);
    const usualResponses = response(usual);
    const values = seen(picture, range);
    const [low, high] = [RANGES[range][1], 255 * RANGES[range][0] + RANGES[range][1]];
    paintGrey(shown.canvas, { data: values.input.data, shape: [SIDE, SIDE] }, 0, 255);
    const first = values.conv1_relu;
    const channels = first.shape.at(-1);
    maps.forEach(({ canvas }, k) => {
      const data = first.data.filter((_, i) => i % channels === k);
      paintSigned(canvas, { data, shape: [SIDE, SIDE] }, themeOf(el).palette, limit);
    });
    const responses = response(values);
    say(caption, "Mean response of each layer, on a logarithmic scale; above, maps of the first, in the colours that suit −1 to 1");
    const most = Math.log10(1 + 200);
    drawBars(bars, responses.map((value, i) => ({ name: `layer ${i + 1}`, share: Math.min(1, Math.log10(1 + value) / most), text: three(value), lit: value > 3 * usualResponses[i] })));
    const output = Array.from(values[net.layers.at(-1).name].data);
    const best = output.indexOf(Math.max(...output));
    const written = (value) => String(Math.round(value)).replace("-", "−");
    return `Pixels from ${written(low)} to ${written(high)}: to this ${names[labels[picture]]} the first layer answers with ${three(responses[0])} on average, the last with ${three(responses.at(-1))}. The network says ${names[best]}, ${percent(output[best])}. Of 200 held-out symbols it names ${right[range]} rightly.`;
  };
}

export default explorer(build);
