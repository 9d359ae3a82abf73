using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Memory;

/// <summary>
/// <c>mmap</c> of anonymous memory, <c>mprotect</c>, <c>munmap</c>, <c>setrlimit</c> of what may
/// be resident, and <c>sigaction</c> of the signals for exceptions.
/// </summary>
internal sealed class MemoryCalls(KernelServices kernel, SystemCallTable table)
{
    private const long MostBytes = (long)VirtualMemoryOptions.RangePages << Frame.Shift;

    /// <summary><c>mmap(address, bytes, protection)</c>; address 0 leaves the place open.
    /// </summary>
    public void Map(ProcessTask task)
    {
        var call = task.Call!;
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var memory = MemoryOf(task.Process);
        if (memory is null || !IsProtection(call.Argument2)
            || !TryPages(call.Argument0, call.Argument1, out var first, out var pages))
        {
            Return(task, "mmap", -(long)(memory is null
                ? ErrorNumber.NoSystemCall : ErrorNumber.InvalidArgument));
            return;
        }

        var protection = (MemoryProtection)call.Argument2;
        var refusal = call.Argument0 == 0
            ? memory.MapAnywhere(pages, protection, null, out first)
            : memory.Map(first, pages, protection);
        Finish(task, "mmap", memory, refusal, Frame.AddressOf(first));
    }

    /// <summary><c>mprotect(address, bytes, protection)</c>.</summary>
    public void Protect(ProcessTask task)
    {
        var call = task.Call!;
        if (task.Process.Memory is not { } memory || !IsProtection(call.Argument2)
            || !TryPages(call.Argument0, call.Argument1, out var first, out var pages))
        {
            Return(task, "mprotect", -(long)ErrorNumber.InvalidArgument);
            return;
        }

        var refusal = memory.Library.Protect(first, pages, (MemoryProtection)call.Argument2);
        Finish(task, "mprotect", memory, refusal, 0);
    }

    /// <summary><c>munmap(address, bytes)</c>.</summary>
    public void Unmap(ProcessTask task)
    {
        var call = task.Call!;
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        if (task.Process.Memory is not { } memory
            || !TryPages(call.Argument0, call.Argument1, out var first, out var pages))
        {
            Return(task, "munmap", -(long)ErrorNumber.InvalidArgument);
            return;
        }

        Finish(task, "munmap", memory, memory.Unmap(first, pages), 0);
    }

    /// <summary><c>setrlimit(resource, bytes)</c>.</summary>
    public void Limit(ProcessTask task)
    {
        var call = task.Call!;
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var frames = call.Argument1 >> Frame.Shift;
        var isDone = call.Argument0 == SystemCallLimits.ResidentSet
            && frames is > 0 and <= int.MaxValue;
        if (isDone && MemoryOf(task.Process) is { } memory)
            memory.Library.FrameLimit = (int)frames;
        Return(task, "setrlimit", isDone ? 0 : -(long)ErrorNumber.InvalidArgument);
    }

    /// <summary><c>sigaction(signal, handler)</c>; handler 0 is none.</summary>
    public void SetHandler(ProcessTask task)
    {
        var call = task.Call!;
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var isHandled = call.Argument1 != 0;
        var isDone = true;
        if (call.Argument0 is SystemCallLimits.IllegalInstruction or SystemCallLimits.BusError
            or SystemCallLimits.ArithmeticException)
            task.Process.Handle(call.Argument0, isHandled);
        else if (call.Argument0 == SystemCallLimits.SegmentationFault
            && MemoryOf(task.Process) is { } memory)
            memory.Library.HasHandler = isHandled;
        else
            isDone = false;
        Return(task, "sigaction", isDone ? 0 : -(long)ErrorNumber.InvalidArgument);
    }

    /// <summary>The error that a refusal is.</summary>
    public static ErrorNumber ErrorOf(MemoryRefusal refusal) => refusal switch
    {
        MemoryRefusal.None => ErrorNumber.None,
        MemoryRefusal.AlreadyMapped => ErrorNumber.Exists,
        MemoryRefusal.BadRange => ErrorNumber.InvalidArgument,
        _ => ErrorNumber.OutOfMemory,
    };

    private static bool IsProtection(long bits) => bits is >= 0 and <= 3;

    private static bool TryPages(long address, long bytes, out long first, out int pages)
    {
        var isWhole = ((address | bytes) & (Frame.SizeBytes - 1)) == 0;
        first = Frame.NumberOf(address);
        pages = isWhole && bytes is > 0 and <= MostBytes ? (int)(bytes >> Frame.Shift) : 0;
        return pages > 0 && address >= 0;
    }

    private ProcessMemory? MemoryOf(Process process) => kernel.Paging.MemoryOf(kernel, process);

    private void Finish(
        ProcessTask task, string kind, ProcessMemory memory, MemoryRefusal refusal, long result)
    {
        var isDone = memory.CarryOut(out _);
        var error = refusal == MemoryRefusal.None && !isDone
            ? ErrorNumber.OutOfMemory : ErrorOf(refusal);
        Return(task, kind, error == ErrorNumber.None ? result : -(long)error);
    }

    private void Return(ProcessTask task, string kind, long result)
    {
        var calledPs = kernel.NowPs;
        table.Return(task, result);
        SocketCalls.Report(kernel, kind, result, calledPs);
    }
}
