using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary><c>shmget</c> and <c>shmat</c>: pages that several processes map.</summary>
internal sealed class SharedMemoryCalls(KernelServices kernel, SystemCallTable table)
{
    /// <summary>Most pages of one object.</summary>
    private const int PageLimit = 1_024;

    /// <summary><c>shmget(key, pages)</c>: an identifier.</summary>
    public void Get(ProcessTask task)
    {
        var call = task.Call!;
        var result = -(long)ErrorNumber.InvalidArgument;
        if (kernel.Options.Memory is null)
        {
            result = -(long)ErrorNumber.NoSystemCall;
        }
        else if (call.Argument1 is > 0 and <= PageLimit)
        {
            var pages = (int)call.Argument1;
            result = kernel.Local.Find(task.Process, call.Argument0, pages) switch
            {
                null => -(long)ErrorNumber.OutOfMemory,
                var found when found.Pages.Count < pages => -(long)ErrorNumber.InvalidArgument,
                var found => found.Number,
            };
        }

        Return(task, "shmget", result);
    }

    /// <summary><c>shmat(identifier)</c>: where the kernel has room.</summary>
    public void Attach(ProcessTask task)
    {
        var result = -(long)ErrorNumber.InvalidArgument;
        if (kernel.Local.Find(task.Process, task.Call!.Argument0) is { } segment)
        {
            var memory = kernel.Paging.MemoryOf(kernel, task.Process)!;
            var refusal = memory.MapAnywhere(
                segment.Pages.Count, MemoryProtection.ReadWrite, segment.Pages, out var first);
            memory.CarryOut(out _);
            result = refusal == MemoryRefusal.None
                ? Frame.AddressOf(first) : -(long)MemoryCalls.ErrorOf(refusal);
        }

        Return(task, "shmat", result);
    }

    private void Return(ProcessTask task, string kind, long result)
    {
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var calledPs = kernel.NowPs;
        table.Return(task, result);
        SocketCalls.Report(kernel, kind, result, calledPs);
    }
}
