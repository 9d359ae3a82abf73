using Disguise.Actors.Faults;
using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

/// <summary>
/// A control plane as its kernel drives it: every command is decided and applied, and each event's
/// effect on the NIC is carried out on a real filter table, whose refusal is a failure.
/// </summary>
internal sealed class TestMachine
{
    private readonly Guards guards;
    private readonly HashSet<FunctionAddress> attached = [];

    public TestMachine(ControlPlaneOptions? options = null, params Guard[] guardsOff)
    {
        Options = options ?? new ControlPlaneOptions { FirstFrame = 100, FrameCount = 1000 };
        guards = Guards.AllBut(guardsOff);
        Kernel = Fresh();
        Nic = new FilterTable(Options.Networks[0].ReceivePredicates, 1);
    }

    public ControlPlaneOptions Options { get; }

    public ArrakisControlPlane Kernel { get; }

    public FilterTable Nic { get; }

    public RefusalTally Refusals { get; } = new();

    public List<ControlEvent> Journal { get; } = [];

    public IReadOnlyCollection<FunctionAddress> Attached => attached;

    public static ulong MacOf(int number) => 0x02_00_00_00_00_00 + (ulong)number;

    public static uint IpOf(int number) => 0x0a00_0000 + (uint)number;

    public static int Target(int card, int queue) => (card * 100) + queue;

    public static PacketFields Udp(int to, ushort port) => PacketFields.Of(
        MacOf(to), MacOf(999), PacketFields.NoVlan, 0x800, 17, IpOf(999), IpOf(to), 5555, port);

    public ArrakisControlPlane Fresh() =>
        new(Options, new HandleTags(0x0123456789abcdef, 0xfedcba9876543210), guards);

    public Decision Do(Command command)
    {
        ulong before = Kernel.Digest;
        Decision decision = Refusals.Count(Kernel.Decide(command));
        Assert.Equal(before, Kernel.Digest);
        Assert.Equal(decision.Events, Kernel.Decide(command).Events);
        foreach (ControlEvent @event in decision.Events)
        {
            Kernel.Apply(@event);
            CarryOut(@event);
            Journal.Add(@event);
        }

        return decision;
    }

    public Decision Accept(Command command)
    {
        Decision decision = Do(command);
        Assert.Equal(RefusalReason.None, decision.Refusal);
        return decision;
    }

    public void Refuse(RefusalReason reason, Command command)
    {
        long before = Refusals[reason];
        Decision decision = Do(command);
        Assert.Equal(reason, decision.Refusal);
        Assert.Empty(decision.Events);
        Assert.Equal(before + 1, Refusals[reason]);
    }

    public TestTenant Container(int number, long pages = 100)
    {
        Decision created = Accept(new Command.CreateContainer(
            ContainerId.Operator,
            [new ContainerAddress(MacOf(number), IpOf(number))],
            pages));
        var id = (ControlEvent.ContainerCreated)created.Events[0];
        return new TestTenant(this, number, new ContainerId(id.Container, id.Generation));
    }

    public void Destroy(TestTenant tenant) =>
        Accept(new Command.DestroyContainer(ContainerId.Operator, tenant.Id));

    private void CarryOut(ControlEvent @event)
    {
        switch (@event)
        {
            case ControlEvent.FilterPredicateInstalled { Direction: FilterDirection.Receive } add:
                Assert.Equal(
                    FilterTableResult.Inserted,
                    Nic.Insert(add.Fields, add.Filter, Target(add.Card, add.Queue)));
                break;
            case ControlEvent.FilterPredicateWithdrawn { Direction: FilterDirection.Receive } end:
                Assert.True(Nic.Remove(end.Fields, end.Filter));
                break;
            case ControlEvent.CardAttached attach:
                Assert.True(attached.Add(attach.Function));
                break;
            case ControlEvent.CardDetached detach:
                Assert.True(attached.Remove(detach.Function));
                break;
        }
    }
}
