// The studio begins here.

import { render } from "preact";
import { App } from "./app.jsx";
import { follow } from "./route.js";

follow();
render(<App />, document.body);
