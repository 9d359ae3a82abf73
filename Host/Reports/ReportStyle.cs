namespace Disguise.Host.Reports;

/// <summary>
/// The report's style sheet. Colours are told apart by people who see red and green alike, and
/// lines by their dashes too; the fonts are those that the reader's system has.
/// </summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --paper: #fdfdfb; --ink: #1b1c1e; --soft: #5c6066; --rule: #d9d8d2; --tint: #f3f2ed;
          --alarm: #a3231a;
          --s0: #2a5d8f; --s1: #c4621d; --s2: #3d7a4e; --s3: #8a4f8f;
          --s4: #1f8a92; --s5: #8c6d1f; --s6: #b23a5e; --s7: #5b6370;
          --k0: #46688c; --k1: #d49a4f; --k2: #7ba283; --k3: #a884b3;
          --k4: #6fb3b8; --k5: #bfa45a; --k6: #cc7f96; --k7: #9aa1ab;
          --work: #2a5d8f; --kernel: #c4621d; --poll: #a9bfd3; --idle: #e6e5df;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #16181b; --ink: #e3e2dd; --soft: #a0a3a8; --rule: #3a3d42; --tint: #1f2226;
            --alarm: #ff9b8f;
            --s0: #7db2e3; --s1: #f0985a; --s2: #83c796; --s3: #cc9bd3;
            --s4: #62c9d1; --s5: #d4b866; --s6: #ec8aa8; --s7: #a7afbb;
            --k0: #7fa6cf; --k1: #dba460; --k2: #8fbb98; --k3: #b996c3;
            --k4: #74bcc2; --k5: #c7ae68; --k6: #d68ba2; --k7: #a2a9b3;
            --work: #7db2e3; --kernel: #f0985a; --poll: #3f5f7e; --idle: #303338;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.5 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif;
        }
        main { max-width: 984px; margin: 0 auto; padding: 40px 20px 64px; }
        h1 { font-size: 34px; line-height: 1.15; margin: 0 0 6px; font-weight: 600;
          overflow-wrap: anywhere; }
        h2 { font-size: 21px; margin: 44px 0 12px; font-weight: 600; }
        p { margin: 10px 0; max-width: 72ch; }
        .lead { font-size: 18px; color: var(--soft); }
        dl, table, svg, .legend { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
          gap: 10px 24px; margin: 20px 0; padding: 14px 0; font-size: 14px;
          border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
        dt { color: var(--soft); font-size: 12px; }
        dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        code, pre { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
        pre { background: var(--tint); padding: 12px 14px; overflow-x: auto; margin: 10px 0; }
        .rerun code { display: block; background: var(--tint); padding: 8px 14px;
          overflow-wrap: anywhere; }
        .rerun, .hash { max-width: none; }
        .hash { font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
        .note { font-size: 14px; color: var(--soft); margin-top: 4px; }
        .pair { display: grid; gap: 0 24px; align-items: start;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 450px), 1fr)); }
        .pair, .stack { margin-bottom: 20px; }
        .stack, .first { display: flex; flex-wrap: wrap; gap: 0 24px; align-items: start; }
        .stack figure, .first > .rest { flex: 1 1 340px; max-width: 460px; }
        .first > .lead-in { flex: 0 1 auto; max-width: 100%; }
        .lead-in figure { max-width: 460px; }
        .pair .scroll, .stack .scroll { margin-top: 0; }
        .wide { min-width: 600px; }
        figure:has(.wide) { overflow-x: auto; }
        .figures { columns: 2 400px; column-gap: 24px; }
        figure { margin: 0 0 24px; break-inside: avoid; }
        section > figure, .pair figure { max-width: 460px; }
        section > figure:has(.wide) { max-width: none; }
        figcaption, caption { font: 14px/1.45 Charter, "Bitstream Charter", "Sitka Text", Cambria,
          Georgia, serif; color: var(--soft); text-align: left; }
        figcaption { margin-top: 6px; }
        caption { padding-bottom: 6px; }
        figcaption strong, caption strong { color: var(--ink); }
        svg { width: 100%; height: auto; display: block; }
        svg text { font-size: 12px; fill: var(--ink); }
        .grid { stroke: var(--rule); stroke-width: 1; }
        .axis, .tick { stroke: var(--soft); stroke-width: 1; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .outage { opacity: .4; }
        svg text.small { font-size: 11px; paint-order: stroke; stroke: var(--paper);
          stroke-width: 3px; }
        svg text.sum { font-weight: 600; }
        .device { fill: var(--s7); background: var(--s7); }
        .head { fill: var(--tint); }
        .lifeline { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 4; }
        .crossing { stroke: var(--alarm); stroke-width: 1.6; }
        .passing { stroke: var(--ink); stroke-width: 1.2; }
        .cut { stroke: var(--paper); stroke-width: 5; }
        .tip { fill: var(--ink); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 6px;
          padding: 0; font-size: 13px; }
        .key { display: inline-block; width: 14px; height: 10px; margin-right: 6px; }
        .scroll { overflow-x: auto; margin: 18px 0 6px; }
        table { border-collapse: collapse; font-size: 13.5px; line-height: 1.35; min-width: 450px;
          font-variant-numeric: tabular-nums;
          border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
        thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; font-weight: 600; }
        th, td { text-align: left; padding: 3px 18px 3px 0; vertical-align: baseline; }
        th { font-weight: 400; }
        th:last-child, td:last-child { padding-right: 4px; }
        tbody tr:hover { background: var(--tint); }
        th, td { white-space: nowrap; }
        th.number, td.number { text-align: right; white-space: nowrap; min-width: 64px; }
        .in2 { padding-left: 16px; color: var(--soft); }
        .in4 { padding-left: 32px; color: var(--soft); }
        .source, tbody .words { overflow-wrap: anywhere; white-space: normal;
          min-width: 220px; }
        .share div { display: flex; align-items: center; white-space: nowrap; width: 156px; }
        .share span:first-child { width: 52px; text-align: right; margin-right: 8px; }
        .bar { height: 9px; background: var(--s0); min-width: 1px; }
        .source { color: var(--soft); font-size: 12.5px; }
        .assumed { color: var(--alarm); border: 1px solid currentColor; border-radius: 3px;
          padding: 0 4px; font-size: 11px; text-decoration: none; }
        .alarm, .alarm th { color: var(--alarm); font-weight: 600; }
        .s0 { fill: var(--s0); stroke: var(--s0); background: var(--s0); }
        .s1 { fill: var(--s1); stroke: var(--s1); background: var(--s1); }
        .s2 { fill: var(--s2); stroke: var(--s2); background: var(--s2); }
        .s3 { fill: var(--s3); stroke: var(--s3); background: var(--s3); }
        .s4 { fill: var(--s4); stroke: var(--s4); background: var(--s4); }
        .s5 { fill: var(--s5); stroke: var(--s5); background: var(--s5); }
        .s6 { fill: var(--s6); stroke: var(--s6); background: var(--s6); }
        .s7 { fill: var(--s7); stroke: var(--s7); background: var(--s7); }
        .k0 { fill: var(--k0); background: var(--k0); }
        .k1 { fill: var(--k1); background: var(--k1); }
        .k2 { fill: var(--k2); background: var(--k2); }
        .k3 { fill: var(--k3); background: var(--k3); }
        .k4 { fill: var(--k4); background: var(--k4); }
        .k5 { fill: var(--k5); background: var(--k5); }
        .k6 { fill: var(--k6); background: var(--k6); }
        .k7 { fill: var(--k7); background: var(--k7); }
        .work { fill: var(--work); background: var(--work); }
        .kernel { fill: var(--kernel); background: var(--kernel); }
        .poll { fill: var(--poll); background: var(--poll); }
        .idle { fill: var(--idle); background: var(--idle); }
        rect { stroke: none; }
        .line { fill: none; }
        .line.s1 { stroke-dasharray: 7 3; }
        .line.s2 { stroke-dasharray: 2 2; }
        .line.s3 { stroke-dasharray: 8 3 2 3; }
        .line.s5 { stroke-dasharray: 7 3; }
        .line.s6 { stroke-dasharray: 2 2; }
        .line.s7 { stroke-dasharray: 8 3 2 3; }
        :focus-visible { outline: 2px solid var(--s0); outline-offset: 2px; }
        @media (max-width: 480px) {
          main { padding: 24px 14px 40px; }
          h1 { font-size: 27px; }
          dl { grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); }
          table { min-width: 100%; }
          th, td { padding-right: 12px; }
          svg text { font-size: 13px; }
        }
        @media print {
          :root { --paper: #fff; --tint: #f6f6f4; }
          body { font-size: 10.5pt; }
          main { max-width: none; padding: 0; }
          figure, tr, pre { break-inside: avoid; }
          h2 { break-after: avoid; }
          .scroll { overflow: visible; }
          * { print-color-adjust: exact; }
        }

        """;
}
