using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Nic;
using Xunit.Abstractions;

namespace Disguise.Hardware.Tests.Nic;

[CollectionDefinition(nameof(FunctionFootprintSpecs), DisableParallelization = true)]
[Collection(nameof(FunctionFootprintSpecs))]
public class FunctionFootprintSpecs(ITestOutputHelper output)
{
    private const int Functions = 4_096;

    [Fact]
    public void An_idle_function_with_a_queue_pair_takes_600_bytes_beside_its_actor()
    {
        var bare = BytesOfBareActors();
        using var scene = new NicScene(NicModel.Ideal, Functions, enabled: 0);
        var before = Live();
        scene.Enable(Functions);
        for (var function = 0; function < Functions; function++)
        {
            StartQueue(scene, function, FunctionRegisters.ReceiveQueues);
            StartQueue(scene, function, FunctionRegisters.TransmitQueues);
        }

        for (var function = 0; function < Functions; function++)
        {
            scene.Order(new PhysicalFunctionProtocol.AssignMac(
                function, NicScene.MacOf(function)));
        }

        var perFunction = (Live() - before - bare) / Functions;

        output.WriteLine($"{perFunction} B a function beside {bare / Functions} B an actor");
        Assert.InRange(perFunction, 100, 600);
        Assert.All(
            Enumerable.Range(0, Functions),
            function => Assert.Null(scene.Card.StateOf(function)!.Statistics));
    }

    private static void StartQueue(NicScene scene, int function, int first)
    {
        var actor = scene.ActorAt(scene.Card.RegistersOf(function), out _)!;
        void Write(int register, uint value) => scene.Send(
            actor, Disguise.Hardware.Devices.MmioProtocol.RegisterWrite.Instance,
            Disguise.Hardware.Devices.MmioProtocol.RegisterWrite.WordOf(first + register, value));
        Write(FunctionRegisters.BaseLow, 0x1000);
        Write(FunctionRegisters.Length, 512);
        if (first == FunctionRegisters.ReceiveQueues)
        {
            Write(FunctionRegisters.SplitReplicationControl,
                FunctionRegisters.SplitReplicationOf(2));
        }

        Write(FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        scene.Run(0);
    }

    private static long BytesOfBareActors()
    {
        using var emulation = new Emulation(new EmulationOptions());
        var island = emulation.AddIsland("bare");
        var before = Live();
        var root = island.SpawnRoot(ActorProps.Of(() => new Parent()), "root");
        var bytes = Live() - before;
        GC.KeepAlive(root);
        GC.KeepAlive(emulation);
        return bytes;
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(true);
    }

    private sealed class Parent : EmulatedActor
    {
        private readonly List<IslandActorRef> children = [];

        protected override void PreStart()
        {
            for (var number = 0; number < Functions; number++)
                children.Add(Spawn($"vf({number})", () => new Bare()));
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Bare : EmulatedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
