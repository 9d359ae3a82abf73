using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Takes the machine over: parts its frames between containers and the kernel, and installs the
/// IOMMU with tables that let no device reach anything.
/// </summary>
internal sealed class KernelBoot
{
    /// <summary>Owner of the frames of page tables.</summary>
    public static readonly OwnerId Kernel = new(0);

    /// <summary>Owner of the frames that the control plane gives to containers.</summary>
    public static readonly OwnerId Containers = new(1);

    public KernelBoot(Machine machine, Nic nic, ArrakisOptions options)
    {
        var kernelFrames = Math.Min(options.KernelFrames, machine.Frames.FrameCount / 4);
        var containerFrames = machine.Frames.FrameCount - kernelFrames;
        if (!machine.Frames.TryAllocate(Containers, out var firstFrame, containerFrames))
            throw new InvalidOperationException("the machine's memory is not in one piece");
        TableFrames = new OwnedTableFrames(machine.Frames, machine.Memory, Kernel);
        IommuTables = IommuTables.Create(machine.Memory, TableFrames)
            ?? throw new InvalidOperationException("no frame for the IOMMU's tables");
        machine.Iommu = new Iommu(machine.Memory, IommuTables.RootAddress, machine.Guards);
        var random = machine.Island.Random.Fork("capabilities");
        ControlPlane = new ArrakisControlPlane(
            new ControlPlaneOptions
            {
                FirstFrame = firstFrame,
                FrameCount = containerFrames,
                FirstPage = DomainLayout.FirstFreePage,
                PagesPerDomain = DomainLayout.PageCount,
                Networks = [NetworkOf(nic, options)],
            },
            new HandleTags(random.Next(), random.Next()),
            machine.Guards);
    }

    /// <summary>Frames for page tables.</summary>
    public ITableFrames TableFrames { get; }

    /// <summary>The IOMMU's tables.</summary>
    public IommuTables IommuTables { get; }

    /// <summary>The control plane, without containers.</summary>
    public ArrakisControlPlane ControlPlane { get; }

    private static NetworkOptions NetworkOf(Nic nic, ArrakisOptions options) => new()
    {
        VirtualFunctions = options.VirtualFunctions,
        WhenFunctionsRunOut = options.WhenFunctionsRunOut,
        SoftwareCards = options.SoftwareCards,
        QueuesPerCard = nic.Model.QueuesPerFunction(options.VirtualFunctions),
        VectorsPerCard = nic.Model.VectorsPerFunction,
        FiltersByFiveTuple = nic.Model.SupportsFiveTuple,
        ReceivePredicates = nic.Model.MaximumReceiveFilters,
        LinkBitsPerSecond = nic.LinkBitsPerSecond,
    };
}
