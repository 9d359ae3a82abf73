using Disguise.Actors.Dispatch;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Nic.Software;

/// <summary>
/// Functions that a core emulates when a NIC's virtual functions are taken (Arrakis, TOCS 2015,
/// sections 3.3 and 3.4). To a tenant each is like a virtual function: the same registers, which
/// are pages that the emulating core watches, the same descriptors, its own address space in the
/// IOMMU. Its frames come through the physical function, and a core must work on each.
/// </summary>
internal sealed class SoftwareFunctions
{
    /// <summary>
    /// Frames that wait for the core at most, of all functions: the physical function's ring.
    /// </summary>
    public const int BacklogLimit = 512;

    /// <summary>First requester number; no function on a bus has it.</summary>
    private const int FirstRequester = 0xF000;

    private readonly NicFunction[] functions;
    private readonly MsiXTable[] tables;

    public SoftwareFunctions(
        NicDataPath device, int first, int count, long registersAddress,
        ISoftwareExecution execution)
    {
        First = first;
        Execution = execution;
        RegistersAddress = registersAddress;
        functions = new NicFunction[count];
        tables = new MsiXTable[count];
        var queues = device.Model.QueuesPerFunction(first);
        for (var index = 0; index < count; index++)
        {
            functions[index] = new NicFunction(
                device, first + index, RequesterOf(first + index), queues);
            tables[index] = new MsiXTable(device.Model.VectorsPerFunction);
            tables[index].WriteMessageControl(MessageEnable);
        }

        Region = new MmioRegion(
            registersAddress, FunctionRegisters.WindowBytes, count,
            device.Options.Function, 0, new Windows(this));
    }

    private const ushort MessageEnable = 1 << 15;

    /// <summary>Number of the first one; those before it are virtual functions.</summary>
    public int First { get; }

    /// <summary>One more than the number of the last one.</summary>
    public int End => First + functions.Length;

    /// <summary>The core that emulates them.</summary>
    public ISoftwareExecution Execution { get; }

    /// <summary>Physical address of the first one's registers.</summary>
    public long RegistersAddress { get; }

    /// <summary>Where their registers are.</summary>
    public MmioRegion Region { get; }

    /// <summary>Frames that wait for the core.</summary>
    public int Backlog { get; set; }

    /// <summary>Who a software function's accesses to memory come from.</summary>
    public FunctionId RequesterOf(int number) =>
        new(checked((ushort)(FirstRequester + number - First)));

    /// <summary>A function by number, or null.</summary>
    public NicFunction? Find(int number) =>
        number >= First && number < End ? functions[number - First] : null;

    /// <summary>A function's interrupt messages.</summary>
    public MsiXTable TableOf(NicFunction function) => tables[function.Number - First];

    /// <summary>A function is as after power-on.</summary>
    public void Reset(NicFunction function)
    {
        function.Reset();
        var table = TableOf(function);
        table.Reset();
        table.WriteMessageControl(MessageEnable);
    }

    private sealed class Windows(SoftwareFunctions functions) : IMmioTarget
    {
        public IslandActorRef? ActorOf(int window) => functions.functions[window].Actor;
    }
}
