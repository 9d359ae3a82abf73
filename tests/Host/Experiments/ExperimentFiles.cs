namespace Disguise.Host.Tests.Experiments;

/// <summary>The files that these tests read, beside the test's assembly.</summary>
internal static class ExperimentFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Experiments");

    public static string Contract { get; } =
        File.ReadAllText(Path.Combine(Folder, "contract.yaml"));

    /// <summary>The smallest experiment, with a place for more at its end.</summary>
    public const string Small = """
        name: small
        duration: 1ms
        machines:
          - name: server
            count: 3
            cores: 4
            tenants:
              - { name: echo, count: 5, app: { kind: udp-echo } }
              - { name: sink, total: 7, app: { kind: udp-echo, port: 9 } }
        clients:
          - { name: load, app: { kind: udp-load, target: echo } }

        """;
}
