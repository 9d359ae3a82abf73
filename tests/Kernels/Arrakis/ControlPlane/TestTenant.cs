using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

/// <summary>A container and the handles that it holds, in a scenario.</summary>
internal sealed record TestTenant(TestMachine Machine, int Number, ContainerId Id)
{
    public Handle Domain { get; set; }

    public Handle Card { get; set; }

    public int CardNumber { get; set; }

    public TestTenant WithDomain()
    {
        Domain = Machine.Accept(new Command.CreateDomain(Id)).Handle;
        return this;
    }

    public TestTenant WithCard(int queues = 2)
    {
        Decision created = Machine.Accept(Create(queues: queues));
        Card = created.Handle;
        CardNumber = ((ControlEvent.CardCreated)created.Events[0]).Card;
        return this;
    }

    public Handle Memory(int pages) =>
        Machine.Accept(new Command.AllocateMemory(Id, pages)).Handle;

    public Handle Filter(FilterSpecification specification) =>
        Machine.Accept(new Command.CreateFilter(Id, specification)).Handle;

    public TestTenant Receiving(ushort port, int queue = 0)
    {
        Machine.Accept(Assign(Filter(UdpPort(port)), queue));
        return this;
    }

    public Command Create(int network = 0, int queues = 1, int address = 0) =>
        new Command.CreateCard(Id, Domain, network, queues, address);

    public Command Assign(Handle filter, int queue = 0) =>
        new Command.AssignFilter(Id, filter, Card, queue);

    public Command Map(
        Handle memory,
        long page,
        int pages = 1,
        int first = 0,
        CapabilityRights rights = CapabilityRights.Read) =>
        new Command.MapMemory(Id, memory, Domain, first, page, pages, rights);

    public Command Share(
        Handle memory,
        TestTenant receiver,
        CapabilityRights rights = CapabilityRights.Read | CapabilityRights.Grant) =>
        new Command.ShareMemory(Id, memory, receiver.Id, rights);

    public Command Give(Handle capability, TestTenant receiver) =>
        new Command.TransferCapability(Id, capability, receiver.Id);

    public Command Doorbell(int queue = 0, DoorbellEvent on = DoorbellEvent.PacketArrival) =>
        new Command.AssociateDoorbell(Id, Card, queue, on);

    public Command Rate(
        long bitsPerSecond,
        int queue = 0,
        FilterDirection direction = FilterDirection.Transmit) =>
        new Command.SetRate(Id, Card, queue, direction, bitsPerSecond);

    public FilterSpecification UdpPort(params ushort[] ports) => new()
    {
        Direction = FilterDirection.Receive,
        Level = FilterLevel.Udp,
        LocalMac = TestMachine.MacOf(Number),
        LocalIp = TestMachine.IpOf(Number),
        Services = ports,
    };
}
