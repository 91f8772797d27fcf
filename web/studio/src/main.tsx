// The studio begins here.

import { render } from "preact";
import { App } from "./app.jsx";
import { follow } from "./route.js";
import { deliver } from "./words.js";

follow();
void deliver();
render(<App />, document.body);
