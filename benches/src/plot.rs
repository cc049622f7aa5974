//! Line plots as SVG: a panel for each thing that is measured, a line for each who does it.

use std::fmt::Write as _;

/// Panels side by side, with the same categories.
#[derive(Debug)]
pub(crate) struct Plot {
    pub(crate) title: String,
    /// What is told apart on the axis, and its values.
    pub(crate) axis: String,
    pub(crate) categories: Vec<String>,
    pub(crate) panels: Vec<Panel>,
}

/// One diagram.
#[derive(Debug)]
pub(crate) struct Panel {
    pub(crate) title: String,
    /// The values at the ends of the axis.
    pub(crate) range: (f64, f64),
    /// Where there is a line across.
    pub(crate) ticks: Vec<f64>,
    pub(crate) logarithmic: bool,
    pub(crate) lines: Vec<Line>,
}

/// A value for each category, if there is one.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) colour: &'static str,
    pub(crate) dashed: bool,
    pub(crate) values: Vec<Option<f64>>,
}

const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 70.0;
const LEGEND_LINE: f64 = 18.0;

impl Plot {
    pub(crate) fn svg(&self) -> String {
        let rows = self.panels.iter().map(|panel| panel.lines.len()).max().unwrap_or(0) as f64;
        let width = LEFT + self.panels.len() as f64 * (WIDTH + LEFT);
        let height = TOP + HEIGHT + 60.0 + rows * LEGEND_LINE;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        );
        text(&mut svg, width / 2.0, 24.0, "middle", &self.title);
        for (at, panel) in self.panels.iter().enumerate() {
            let left = LEFT + at as f64 * (WIDTH + LEFT);
            panel.draw(&mut svg, left, self);
        }
        svg + "</svg>\n"
    }

    /// How far from the left of its panel a category is.
    fn across(&self, at: usize) -> f64 {
        (at as f64 + 0.5) * WIDTH / self.categories.len() as f64
    }
}

impl Panel {
    fn draw(&self, svg: &mut String, left: f64, plot: &Plot) {
        text(svg, left + WIDTH / 2.0, TOP - 16.0, "middle", &self.title);
        for &tick in &self.ticks {
            let y = self.height(tick);
            let right = left + WIDTH;
            let _ = writeln!(svg, "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#ddd\"/>");
            text(svg, left - 6.0, y + 4.0, "end", &tick.to_string());
        }
        let below = TOP + HEIGHT;
        for (at, category) in plot.categories.iter().enumerate() {
            text(svg, left + plot.across(at), below + 18.0, "middle", category);
        }
        text(svg, left + WIDTH / 2.0, below + 38.0, "middle", &plot.axis);
        for (at, line) in self.lines.iter().enumerate() {
            let points = line.values.iter().enumerate();
            let points = points.filter_map(|(at, value)| Some((left + plot.across(at), self.height((*value)?))));
            line.draw(svg, &points.collect::<Vec<_>>());
            let y = below + 60.0 + at as f64 * LEGEND_LINE;
            line.draw(svg, &[(left, y - 4.0), (left + 30.0, y - 4.0)]);
            text(svg, left + 40.0, y, "start", &line.name);
        }
    }

    /// Where a value is from the top of the plot.
    fn height(&self, value: f64) -> f64 {
        let place = |value: f64| if self.logarithmic { value.max(f64::MIN_POSITIVE).log10() } else { value };
        let (least, most) = (place(self.range.0), place(self.range.1));
        TOP + HEIGHT * (1.0 - ((place(value) - least) / (most - least)).clamp(0.0, 1.0))
    }
}

impl Line {
    fn draw(&self, svg: &mut String, points: &[(f64, f64)]) {
        let dashes = if self.dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        let path: Vec<_> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let (path, colour) = (path.join(" "), self.colour);
        let _ =
            writeln!(svg, "<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}/>");
        for (x, y) in points {
            let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
        }
    }
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>");
}
