import { element } from "../draw/element.js";

const MEGAPIXELS = 32;

/** Grey value of Rec. 601 luma, as Pillow's mode "L" rounds it. */
const luma = (r, g, b) => (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;

async function decode(file) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error(`“${file.name}” is not a picture that this browser can read.`));
    });
    return { image, release: () => URL.revokeObjectURL(address) };
  } catch (error) {
    URL.revokeObjectURL(address);
    throw error;
  }
}

/** A grey picture { height, width, pixels } whose longer side has at most `side` pixels. */
async function readPicture(file, side) {
  const { image, release } = await decode(file);
  try {
    const [width, height] = [image.naturalWidth, image.naturalHeight];
    if (!width || !height) throw new Error(`“${file.name}” has no size of its own; save it as PNG or JPEG.`);
    if (width * height > MEGAPIXELS * 1e6) {
      const size = ((width * height) / 1e6).toFixed(1);
      throw new Error(`“${file.name}” has ${size} megapixels; the most that fits here is ${MEGAPIXELS}.`);
    }
    const scale = Math.min(1, side / Math.max(width, height));
    const canvas = element("canvas", {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint8Array(canvas.width * canvas.height);
    for (let i = 0; i < pixels.length; i++) pixels[i] = luma(data[4 * i], data[4 * i + 1], data[4 * i + 2]);
    return { height: canvas.height, width: canvas.width, pixels, from: `${width}×${height}` };
  } finally {
    release();
  }
}

/**
 * A file button, and dropping a file on `target`; `accept(picture)` gets what could be read.
 * Returns { node, say(text, isError) }.
 */
export function uploadButton({ target, side, accept, signal }) {
  const input = element("input", { type: "file", accept: "image/*" });
  const message = element("p", { className: "cnn-message", role: "alert" });
  const say = (text, isError = false) => {
    message.textContent = text;
    message.classList.toggle("cnn-error", isError);
  };
  const take = async (file) => {
    if (!file) return;
    try {
      const picture = await readPicture(file, side);
      accept(picture);
      say(`“${file.name}”, ${picture.from}, shown at ${picture.width}×${picture.height} in grey.`);
    } catch (error) {
      say(error.message, true);
    }
    input.value = "";
  };
  input.addEventListener("change", () => take(input.files[0]), { signal });
  target.addEventListener("dragover", (event) => event.preventDefault(), { signal });
  target.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    },
    { signal },
  );
  const label = element("label", { className: "cnn-button cnn-upload" }, "Use your own picture", input);
  return { node: element("div", { className: "cnn-uploader" }, label, message), say };
}
