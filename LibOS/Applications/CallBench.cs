using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Measures one way into the kernel, or out of it, again and again (Engler, Kaashoek and O'Toole,
/// SOSP 1995, Tables 4 to 6). A transfer is half of one that comes back from the answerer, which
/// does nothing else.
/// </summary>
/// <param name="operation">What is measured.</param>
/// <param name="kind">Which exception.</param>
/// <param name="isAnswerer">Whether this is the program that is entered.</param>
public sealed class CallBench(
    CallOperation operation, ProgramExceptionKind kind, bool isAnswerer) : IApplication
{
    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        var entries = host.Entries
            ?? throw new ComponentFailureException("nobody implements the kernel's entries here");
        if (isAnswerer)
        {
            await entries.AnswerTransfers();
        }
        else if (operation is CallOperation.NullCall or CallOperation.NullCallStack)
        {
            await Call(host, entries, operation == CallOperation.NullCallStack);
        }
        else if (operation == CallOperation.Exception)
        {
            await Raise(host, entries);
        }
        else
        {
            await Transfer(host, entries);
        }
    }

    private static async EmulatedTask Call(
        ApplicationHost host, IKernelEntries entries, bool withStack)
    {
        while (true)
        {
            var startPs = host.ClockPs;
            await entries.NullCall(withStack);
            host.Operations.Record(startPs, host.ClockPs);
            await host.Settle();
        }
    }

    private async EmulatedTask Raise(ApplicationHost host, IKernelEntries entries)
    {
        var address = await host.Pages.Map(1, MemoryProtection.ReadWrite);
        if (address == 0)
            throw new ComponentFailureException("a page: refused");
        await host.Pages.WriteWord(address, 1);
        if (!await host.Pages.Protect(address, 1, MemoryProtection.Read))
            throw new ComponentFailureException("a page's protection: refused");
        await entries.Handle(kind);
        while (true)
        {
            // What the access is to find in the TLB is there: its miss is no part of this.
            await host.Pages.ReadWord(address);
            await host.Settle();
            var startPs = host.ClockPs;
            if (!await entries.Raise(kind, address))
                continue;
            host.Operations.Record(startPs, host.ClockPs);
            await entries.HandlerReturned();
        }
    }

    private static async EmulatedTask Transfer(ApplicationHost host, IKernelEntries entries)
    {
        var processor = host.Processor
            ?? throw new ComponentFailureException("nobody implements transfers here");
        var answerer = await FindAnswerer(entries, processor);
        while (true)
        {
            var startPs = host.ClockPs;
            if (!await entries.Transfer(answerer))
                throw new ComponentFailureException("the answerer is gone");
            var halfPs = (host.ClockPs - startPs) / 2;
            host.Operations.Record(startPs, startPs + halfPs);
            host.Operations.Record(startPs + halfPs, host.ClockPs);
        }
    }

    private static async EmulatedTask<int> FindAnswerer(
        IKernelEntries entries, IProcessorTime processor)
    {
        while (true)
        {
            for (var number = 0; await processor.SlicesOf(number) >= 0; number++)
            {
                if (await entries.Transfer(number))
                    return number;
            }

            await processor.Yield(-1);
        }
    }
}
