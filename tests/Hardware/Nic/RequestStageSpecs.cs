using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

public class RequestStageSpecs
{
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void A_received_frames_stages_follow_one_another_to_the_descriptor()
    {
        using var scene = new NicScene();
        var log = new Log();
        scene.Machine.Requests = log;
        var tenant = scene.Tenant(0).Start();
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0), 1_400, fill: 1));
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0), 200, fill: 2));
        var arrivalPs = scene.NowPs;
        scene.Run();

        foreach (byte frame in new byte[] { 1, 2 })
        {
            var stages = log.Stages.Where(one => one.Frame == frame).ToArray();
            Assert.Equal(arrivalPs, stages[0].StartPs);
            AssertContiguous(stages);
            Assert.Equal(log.Filled[frame], stages[^1].EndPs);
        }

        Assert.Contains(log.Stages, one => one is { Frame: 2, What: "queue" });
        Assert.NotNull(tenant.TakeReceived());
    }

    [Fact]
    public void A_sent_frames_stages_follow_one_another_from_the_store_to_the_wire()
    {
        using var scene = new NicScene();
        var log = new Log();
        scene.Machine.Requests = log;
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.SetRate(
            0, 0, QueueDirection.Transmit, 5_000_000_000));
        scene.Run();
        var storePs = new Dictionary<byte, long>();
        for (byte fill = 1; fill <= 6; fill++)
        {
            storePs[fill] = scene.NowPs - NicScene.PostedWritePs;
            tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client, 800, fill: fill));
            scene.Run(500_000);
        }

        scene.Run();
        for (byte fill = 1; fill <= 6; fill++)
        {
            var stages = log.Stages.Where(one => one.Frame == fill).ToArray();
            Assert.Equal(storePs[fill], stages[0].StartPs);
            AssertContiguous(stages);
            Assert.Equal(
                scene.Wire.Single(sent => sent.Bytes[^1] == fill).TimePs, stages[^1].EndPs);
        }

        Assert.Equal(Enumerable.Range(0, 6), log.Fetched);
    }

    private static void AssertContiguous(Stage[] stages)
    {
        foreach (var (before, after) in stages.Zip(stages.Skip(1)))
            Assert.Equal(before.EndPs, after.StartPs);
    }

    private sealed record Stage(byte Frame, string Who, string What, long StartPs, long EndPs);

    private sealed class Log : IRequestObserver
    {
        public List<Stage> Stages { get; } = [];

        public Dictionary<byte, long> Filled { get; } = [];

        public List<int> Fetched { get; } = [];

        public void FrameStage(
            Island island, long frame, string who, string what, long startPs, long endPs) =>
            Stages.Add(new Stage(island.Frames.Read(frame)[^1], who, what, startPs, endPs));

        public void Charged(
            CpuContext context, LedgerAccount account, CostKey key, long count, long startPs,
            long durationPs)
        {
        }

        public void CoreOccupied(
            Core core, string who, string what, long count, long startPs, long durationPs)
        {
        }

        public void ReceiveDescriptorFilled(
            Island island, long frame, string function, int queue, int index)
        {
            Assert.Equal("server.nic.vf[0]", function);
            Filled[island.Frames.Read(frame)[^1]] = island.NowPs;
        }

        public void ReceiveDescriptorTaken(
            object executor, string function, int queue, int index)
        {
        }

        public void RequestQueued(object executor, long token, long atPs)
        {
        }

        public void RequestTaken(object executor, long token, long atPs)
        {
        }

        public void TransmitDescriptorPosted(
            object executor, string function, int queue, int index, long atPs)
        {
        }

        public void TransmitDescriptorFetched(
            Island island, long frame, string function, int queue, int index) =>
            Fetched.Add(index);
    }
}
