import { lesions } from "../js/draw/lesions.js";

export default lesions(["plain", "residual"], ({ runs, depth }) => runs[depth]);
