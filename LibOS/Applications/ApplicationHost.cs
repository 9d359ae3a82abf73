using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Applications;

/// <summary>What an application has of the library OS that shares its address space.</summary>
/// <param name="context">The context that runs it.</param>
/// <param name="memory">The memory of the address space.</param>
/// <param name="socket">Its UDP service, where it has a network.</param>
/// <param name="pages">Its virtual memory, where somebody implements it.</param>
/// <param name="operations">Where it records what it measures.</param>
public sealed class ApplicationHost(
    CpuContext context, DomainMemory memory, IDatagramSocket? socket,
    IApplicationMemory? pages = null, OperationLog operations = default)
{
    /// <summary>The memory of the address space.</summary>
    public DomainMemory Memory { get; } = memory;

    /// <summary>Its UDP service; where it has no network, asking for it is a crash.</summary>
    public IDatagramSocket Socket => socket
        ?? throw new ComponentFailureException("there is no network here");

    /// <summary>What it can do about processor time; null where only its kernel can.</summary>
    public IProcessorTime? Processor { get; init; }

    /// <summary>How it talks to programs of its machine; null where nobody implements that.
    /// </summary>
    public ICommunication? Communication { get; init; }

    /// <summary>Its kernel's ways in and out, to measure them; null where nobody implements that.
    /// </summary>
    public IKernelEntries? Entries { get; init; }

    /// <summary>Translations that its kernel exposes; null where it exposes none.</summary>
    public IExposedTranslations? Translations { get; init; }

    /// <summary>The screen that it can draw on; null where nobody lets it.</summary>
    public IScreen? Screen { get; init; }

    /// <summary>How it makes programs with a copy of its memory; null where nobody implements that.
    /// </summary>
    public IChildPrograms? Children { get; init; }

    /// <summary>The same with another socket, for a layer between library and application.
    /// </summary>
    public ApplicationHost Through(IDatagramSocket layer) =>
        new(context, Memory, layer, pages, operations)
        {
            Processor = Processor,
            Communication = Communication,
            Entries = Entries,
            Translations = Translations,
            Screen = Screen,
            Children = Children,
        };

    /// <summary>Its virtual memory; where nobody implements it, asking for it is a crash.
    /// </summary>
    public IApplicationMemory Pages => pages
        ?? throw new ComponentFailureException("nobody implements virtual memory here");

    /// <summary>Where an application records what it measures itself.</summary>
    public OperationLog Operations => operations;

    /// <summary>The application's own time, picoseconds.</summary>
    public long ClockPs => context.ClockPs;

    /// <summary>Lets time pass up to the application's own clock.</summary>
    public SyncAwaiter Settle() => context.Sync();

    /// <summary>Runs instructions of the application's own, by their number.</summary>
    public void Instructions(long count) => context.Charge(HardwareCosts.Instruction, count);

    /// <summary>Charges what a library of the application's own spends.</summary>
    public void Charge(CostKey key) => context.Charge(key);

    /// <summary>Spends processor time on the application's own work.</summary>
    public void Work(long durationPs) => context.Charge(HardwareCosts.Work, durationPs);

    /// <summary>Binds the service's port; where it cannot the application crashes.</summary>
    public async EmulatedTask Listen(ushort port)
    {
        var result = await Socket.Bind(port);
        if (result != BindResult.Bound)
            throw new ComponentFailureException($"UDP port {port}: {result}");
    }
}
