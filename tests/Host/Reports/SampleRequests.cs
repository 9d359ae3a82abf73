using Disguise.Host.Reports;

namespace Disguise.Host.Tests.Reports;

/// <summary>Requests of two shapes: through a virtual function, and through a kernel.</summary>
internal static class SampleRequests
{
    public static ExplainedRequest Bypass(string architecture) => Request(
        architecture,
        (56_250, "load[0].wire", "64 B frame", "packet"),
        (900_000, "switch", "forward", "packet"),
        (337_501, "server.nic.vf[3]", "DMA to ring", "dma"),
        (112_000, "server.echo[3]", "driver-receive", "work"),
        (0, "server.echo[3]", "tail of the transmit ring", "mmio"),
        (-8_999, "server.echo[3]", "repost descriptor", "work"),
        (406_506, "load[0].wire", "reply", "packet"));

    public static ExplainedRequest ThroughKernel(string architecture) => Request(
        architecture,
        (956_250, "load[0].wire", "64 B frame", "packet"),
        (810_000, "server.kernel", "interrupt-entry", "interrupt"),
        (1_250_333, "server.kernel", "network-stack", "work"),
        (45_000, "server.kernel", "copy 64 B to user memory", "copy"),
        (-650_000, "server.core[3]", "wake-up", "scheduler"),
        (210_000, "server.echo[3]", "return of recvfrom", "system-call"),
        (350_667, "server.echo[3]", "sendto", "system-call"),
        (1_000_001, "load[0].wire", "reply", "packet"));

    /// <summary>A negative duration marks a step beside the critical path.</summary>
    private static ExplainedRequest Request(
        string architecture, params (long DurationPs, string Who, string What, string Kind)[] steps)
    {
        const long startPs = 1_000_000_123;
        var reachedPs = startPs;
        var explained = new List<ExplainStep>();
        foreach (var (durationPs, who, what, kind) in steps)
        {
            var onPath = durationPs >= 0;
            explained.Add(new ExplainStep(
                reachedPs, Math.Abs(durationPs), who, what, kind, onPath));
            reachedPs += onPath ? durationPs : 0;
        }

        return new ExplainedRequest(architecture, "load[0]", 1, startPs, reachedPs, explained);
    }
}
