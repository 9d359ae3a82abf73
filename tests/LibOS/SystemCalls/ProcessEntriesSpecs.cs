using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Applications;
using Xunit;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>Null calls and exceptions of a process of a monolithic kernel.</summary>
public class ProcessEntriesSpecs
{
    [Theory]
    [InlineData(ProgramExceptionKind.Unalign, ProgramExceptionKind.Unalign)]
    [InlineData(ProgramExceptionKind.Overflow, ProgramExceptionKind.Overflow)]
    [InlineData(ProgramExceptionKind.Coproc, ProgramExceptionKind.Coproc)]
    [InlineData(ProgramExceptionKind.Overflow, ProgramExceptionKind.Coproc)]
    [InlineData(ProgramExceptionKind.Overflow, ProgramExceptionKind.Prot)]
    public void An_exception_whose_signal_is_not_handled_ends_the_process(
        ProgramExceptionKind raised, ProgramExceptionKind handled)
    {
        var hasGoneOn = false;
        using var world = Run(async host =>
        {
            await host.Entries!.Handle(handled);
            for (var times = 0; times < 3; times++)
            {
                Assert.True(await host.Entries.Raise(raised, 0));
                await host.Entries.HandlerReturned();
            }

            hasGoneOn = true;
        });

        Assert.Equal(raised == handled, hasGoneOn);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void A_write_that_is_allowed_raises_nothing_and_the_same_forbidden_does()
    {
        var raised = new List<bool>();
        using var world = Run(async host =>
        {
            var page = await host.Pages.Map(1, MemoryProtection.ReadWrite);
            await host.Pages.WriteWord(page, 1);
            await host.Entries!.Handle(ProgramExceptionKind.Prot);
            raised.Add(await host.Entries.Raise(ProgramExceptionKind.Prot, page));
            await host.Pages.Protect(page, 1, MemoryProtection.Read);
            raised.Add(await host.Entries.Raise(ProgramExceptionKind.Prot, page));
            await host.Entries.HandlerReturned();
        });

        Assert.Equal([false, true], raised);
        world.AssertDrained();
    }

    [Fact]
    public void A_null_call_enters_and_leaves_and_there_is_no_transfer()
    {
        var spentPs = 0L;
        var hasTransfer = true;
        using var world = Run(async host =>
        {
            var startPs = host.ClockPs;
            await host.Entries!.NullCall();
            spentPs = host.ClockPs - startPs;
            hasTransfer = await host.Entries.Transfer(1);
            await host.Entries.AnswerTransfers();
        });

        Assert.InRange(spentPs, 1, Picoseconds.PerMicrosecond);
        Assert.False(hasTransfer);
        world.AssertDrained();
    }

    private static ProcessWorld Run(Func<ApplicationHost, EmulatedTask> program)
    {
        var world = new ProcessWorld().Process((host, _) => program(host)).Start();
        world.Run(10 * Picoseconds.PerMillisecond);
        return world;
    }
}
