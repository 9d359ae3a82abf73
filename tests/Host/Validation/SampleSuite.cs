using Disguise.Host.Commands;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>A suite of a few rows whose two runs take milliseconds.</summary>
internal static class SampleSuite
{
    public const string Text = """
        suite: sample
        title: A sample
        profiles: { arrakis: extaris, monolithic: linux-3.8 }
        tolerance: { identity: 0.005, absolute: 20%, ratio: 15%, band: 2 }
        runs:
          native: { experiment: experiments/arrakis/table1.yaml, architecture: arrakis, set: {
            duration: 2ms, warm-up: 100us } }
          posix: { experiment: experiments/arrakis/table1.yaml, architecture: arrakis, set: {
            duration: 2ms, warm-up: 100us, machines.server.tenants.echo.interface: posix } }
        tables:
          - table: Table A
            unit: us
            kind: identity
            mechanism: something is charged twice
            rows:
              - { row: stack, column: native, paper: 0.38, value: native.ledger_us.total }
              - { row: stack, column: posix, paper: 1.44, value: posix.ledger_us.total }
          - table: Figure B
            unit: k packets/s
            kind: point
            mechanism: something else
            rows:
              - { row: wire, column: "", kind: input, paper: 1147,
                  value: native.operations_per_s / 1000 }
              - { row: native, column: 0 us, value: native.operations_per_s / 1000 }
              - { row: native to posix, column: 0 us, ratio: true, paper: 1000,
                  value: native.operations_per_s / posix.operations_per_s }
              - { row: native, column: band, kind: band, paper: 700, swept: the interface,
                  value: native.operations_per_s / 1000, low: posix.operations_per_s / 1000,
                  high: native.operations_per_s / 1000 }
              - { row: native is faster, column: "", kind: shape,
                  holds: [ native.operations_per_s > posix.operations_per_s ] }
              - { row: posix is faster, column: "", kind: shape,
                  holds: [ posix.operations_per_s > native.operations_per_s ] }
              - { row: more, column: "", not-modelled: nobody built it }
        """;

    public static Suite Read(string text = Text) => SuiteReader.Read("sample.yaml", text);

    /// <summary>Validates suites as the verb does.</summary>
    public static (int Code, string Output, string Errors) Run(
        IReadOnlyList<Suite> suites, CommonOptions? common = null,
        CancellationToken interrupted = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = Host.Verbs.ValidateVerb.Validate(
            suites, common ?? new CommonOptions { Quiet = true },
            new Terminal(output, errors, interrupted));
        return (code, output.ToString(), errors.ToString());
    }
}
