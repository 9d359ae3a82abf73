using System.Globalization;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;

namespace Disguise.Host.Calibration;

/// <summary>
/// What the emulator says of the same echo: a monolithic kernel on this machine's platform, with
/// nothing charged for adapter, bus and wire, which the loopback device has not. Requests come far
/// apart: an adapter holds back interrupts that follow each other closely, the loopback device has
/// none to hold back.
/// </summary>
internal static class EchoPrediction
{
    private const string Architecture = "monolithic";

    private static readonly string[] NotOnLoopback =
    [
        "interrupt", "mmio-write", "mmio-read", "device-line-touch", "pcie-posted-write",
        "pcie-read", "dma-byte", "nic-receive-pipeline", "nic-transmit-pipeline",
        "msi-x-delivery",
    ];

    /// <summary>Whether the architecture is there to be asked.</summary>
    public static bool IsThere => Architectures.All.Any(known => known.Name == Architecture);

    /// <summary>The experiment, for a platform file beside it.</summary>
    public static string Experiment { get; } = $$"""
        name: loopback
        platform: ./{{HostPlatform.Name}}.platform
        profile: linux-3.8
        seed: 1
        warm-up: 1ms
        duration: 20ms
        architecture: [{{Architecture}}]
        network: { bandwidth: 10000Gbps, latency: 1ns }
        machines:
          - name: server
            cores: 2
            tenants:
              - name: echo
                count: 1
                app: { kind: udp-echo, port: 7 }
                interface: posix
                core: own
        clients:
          - name: load
            app: { kind: udp-load, target: echo, payload: 64, rate: 10000/s, arrivals: even }
        set:
        {{string.Join('\n', NotOnLoopback.Select(cost => $"  platform.{cost}: {Zero(cost)}"))}}

        """;

    /// <summary>Mean latency of a request and its reply, nanoseconds.</summary>
    /// <param name="experimentPath">Where <see cref="Experiment"/> stands.</param>
    /// <param name="payloadBytes">Bytes of each datagram.</param>
    /// <param name="terminal">Whose interruption ends it.</param>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static double Of(string experimentPath, int payloadBytes, Terminal terminal)
    {
        var payload = payloadBytes.ToString(CultureInfo.InvariantCulture);
        var experiment = ExperimentReader.Read(
            experimentPath, [new Override("clients.load.app.payload", payload, "calibrate")]);
        var outcome = new ArchitectureRun(
            experiment, Architectures.Of(Architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true }, terminal).Run();
        if (!outcome.IsComplete)
            throw new OperationCanceledException(terminal.Interrupted);
        return outcome.Result.LatencyUs.Mean is { } meanUs
            ? meanUs * Picoseconds.PerMicrosecond / Picoseconds.PerNanosecond
            : throw new InvalidOperationException("the emulated echo had no reply");
    }

    private static string Zero(string cost) => cost == "dma-byte" ? "0ps/B" : "0ps";
}
