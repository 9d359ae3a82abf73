using Disguise.Host.Composition;
using Disguise.Host.Tests.Captures;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Specifications;

/// <summary>
/// The same application class serves under every architecture and every interface, and what is on
/// the wire for each request is the same, byte for byte.
/// </summary>
public sealed class SameFramesSpecs
{
    private const int Frames = 40;

    public static TheoryData<string, string> Columns
    {
        get
        {
            var columns = new TheoryData<string, string>();
            foreach (var architecture in Architectures.All)
            {
                foreach (var tenantInterface in architecture.Interfaces)
                    columns.Add(architecture.Name, tenantInterface.ToString().ToLowerInvariant());
            }

            return columns;
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void Requests_and_replies_are_the_same_bytes(string architecture, string posixOrNative)
    {
        foreach (var payload in new[] { "64", "1472" })
        {
            var first = Architectures.All[0];
            var expected = Exchange(
                first.Name, first.Interfaces[0].ToString().ToLowerInvariant(), payload);

            Assert.Equal(expected, Exchange(architecture, posixOrNative, payload));
            Assert.True(expected.Distinct().Count() > Frames / 2, "the frames hardly differ");
        }
    }

    private static IReadOnlyList<string> Exchange(
        string architecture, string posixOrNative, string payload)
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "run", command.Write("small.yaml", SmallWorld.Text), "--quiet", "--threads", "1",
            "--architecture", architecture, "--out", command.PathOf("out"),
            "--pcap", "load[0]", "--set", "duration=2ms",
            "--set", "clients.load.app.outstanding=1",
            "--set", $"clients.load.app.payload={payload}", "--set", "machines.server.cores=6",
            "--set", $"machines.server.tenants.echo.interface={posixOrNative}");
        Assert.True(code == 0, errors);
        return CapturedFrames.First(command.PathOf("out", "packets.pcapng"), Frames);
    }
}
