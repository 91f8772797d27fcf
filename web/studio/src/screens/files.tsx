// Copy as files, coming and going.

import type { Project } from "../api/index.js";
import { Export } from "../files/export.jsx";
import { Import } from "../files/import.jsx";

export const Files = ({ project }: { project: Project }) => (
  <div class="settings">
    <Import project={project} />
    <Export project={project} />
  </div>
);
