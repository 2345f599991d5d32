import { lesions } from "../js/frame/lesions.js";

export default lesions(["plain", "residual"], ({ runs, depth }) => runs[depth]);
