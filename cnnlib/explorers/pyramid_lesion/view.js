import { lesions } from "../js/frame/lesions.js";

export default lesions(["ResNet", "PyramidNet"], ({ runs, depth }) => runs[depth]);
