import { element, say } from "../js/draw/element.js";
import { signed } from "../js/draw/format.js";
import { bytesOf } from "../js/draw/pictures.js";
import { explorer } from "../js/frame/explorer.js";
import { arrowSteps } from "../js/frame/input.js";
import { mapPanel } from "../js/frame/stage.js";

/** Paint pixels of three bytes, with a colour added to each. */
function paint(canvas, side, pixels, [red, green, blue]) {
  const image = new ImageData(side, side);
  for (let i = 0, j = 0; i < pixels.length; i += 3, j += 4) {
    image.data[j] = Math.round(pixels[i] + red);
    image.data[j + 1] = Math.round(pixels[i + 1] + green);
    image.data[j + 2] = Math.round(pixels[i + 2] + blue);
    image.data[j + 3] = 255;
  }
  canvas.width = canvas.height = side;
  canvas.getContext("2d").putImageData(image, 0, 0);
}

export default explorer(({ model, el, read, set, signal }) => {
  const own = mapPanel("cnn-light", { title: "As it is" });
  const other = mapPanel("cnn-light", { label: "In other light: left and right arrow keys change the first alpha, up and down the second" });
  el.append(element("div", { className: "cnn-lights" }, own.node, other.node));
  arrowSteps(other.stage, (down, right) => set({ first: read().first + 0.05 * right, second: read().second - 0.05 * down }), signal);
  const pixels = bytesOf(model.get("pixels"));
  paint(own.canvas, model.get("side"), pixels, [0, 0, 0]);

  return ({ first, second, third, times, directions: { factors, colours } }) => {
    const sizes = [first, second, third].map((alpha, i) => alpha * factors[times][i]);
    const added = [0, 1, 2].map((channel) => sizes.reduce((sum, size, i) => sum + size * colours[i][channel], 0));
    const clipped = pixels.reduce((count, value, i) => count + (value + added[i % 3] < 0 || value + added[i % 3] > 255), 0);
    const [red, green, blue] = added.map((value) => signed((Math.round(10 * value) / 10 || 0).toFixed(1)));
    paint(other.canvas, model.get("side"), pixels, added);
    say(other.title, "In other light");
    return `Added to every pixel: red ${red}, green ${green}, blue ${blue} of 255. ${((100 * clipped) / pixels.length).toFixed(1)} % of the values leave the range.`;
  };
});
