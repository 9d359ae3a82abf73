using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>Takes frames off the wire and hands their work to nodes.</summary>
internal sealed class MeshRoot(
    MeshPlan plan, int number, int nodeCount, OutputPort output, InputPort[] inputs)
    : EmulatedActor
{
    private readonly IslandActorRef[] nodes = new IslandActorRef[nodeCount];
    private IslandActorRef family = null!;
    private int workCount;
    private int frameCount;

    public DeterministicRandom Random { get; private set; } = null!;

    /// <summary>Time that the next work takes.</summary>
    public long NextWorkPs()
    {
        var longer = number == 0 && ++workCount == plan.LongerWork ? 1 : 0;
        return Random.NextExponentialPs(Picoseconds.PerMicrosecond) + longer;
    }

    public IslandActorRef AnyNode() => nodes[Random.Below((ulong)nodes.Length)];

    public void SendFrame()
    {
        var frame = Island.Frames.Take(60 + (int)Random.Below(1_400));
        var bytes = Island.Frames.Write(frame);
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] = (byte)(index * 7);
        bytes[0] = (byte)Random.Below(256);
        if (number == 0 && ++frameCount == plan.FlippedFrame)
            bytes[42] ^= 1;
        var to = inputs[Random.Below((ulong)inputs.Length)];
        output.SendFrame(to, Island.NowPs + Mesh.WirePs + 1_000, frame);
    }

    protected override void PreStart()
    {
        Random = Island.Random.Fork("mesh");
        family = Spawn("family", () => new MeshFamily());
        for (var index = 0; index < nodes.Length; index++)
            nodes[index] = Spawn($"node({index})", () => new MeshNode(this, family));
        foreach (var node in nodes)
            Send(node, Work.Instance, NextWorkPs(), 1);
        for (var round = 1; round <= 3; round++)
            Send(family, new Crash(), round * 17 * Picoseconds.PerMicrosecond);
        Send(family, new StopAll(), 90 * Picoseconds.PerMicrosecond);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FrameArrived:
                var first = Island.Frames.Read(Word)[0];
                Island.Frames.Release(Word);
                Send(AnyNode(), Work.Instance, NowPs + NextWorkPs(), first);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        ComponentSupervision.Each(Directive.Restart);
}
