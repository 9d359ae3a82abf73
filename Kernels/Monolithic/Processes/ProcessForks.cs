using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic.Memory;
using Disguise.Kernels.Monolithic.Scheduling;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>
/// <c>fork</c>: a second process with its parent's memory. What the parent has mapped both share
/// until one of them writes (4.3BSD's successors, and Linux). The child has its parent's network
/// and shared memory, no descriptors, and an image of its own: what the parent's C library keeps
/// there is about descriptors.
/// </summary>
internal sealed class ProcessForks(KernelServices kernel)
{
    /// <summary>Makes a child: its number, or an error negated.</summary>
    public long Fork(Process parent, ForkedProcess forked)
    {
        if (kernel.Processes.ByActor(forked.Actor.Ordinal) is not null)
            return -(long)ErrorNumber.InvalidArgument;
        kernel.Watch(forked.Actor);
        var number = kernel.Processes.FreeNumber();
        var image = number < 0 ? null : MakeImage(parent, number);
        if (image is null)
        {
            Refuse(forked, number < 0 ? "too many processes" : "out of memory");
            return -(long)(number < 0 ? ErrorNumber.TryAgain : ErrorNumber.OutOfMemory);
        }

        Start(Make(parent, forked, image, number), forked);
        return number;
    }

    private Process Make(Process parent, ForkedProcess forked, ProcessImage image, int number)
    {
        // Where the parent has a core of its own, its children are on it.
        var affinity = parent.Task.Affinity;
        var child = new Process(
            number,
            parent.Description with
            {
                Address = $"{parent.Description.Address}/{number}",
                Placement = affinity == KernelTask.AnyCore
                    ? CorePlacement.Shared
                    : new CorePlacement(CorePlacementKind.Pinned, affinity),
            },
            forked.Actor, image, parent.Network)
        {
            Parent = parent,
        };
        if (parent.Memory is not { } memory)
            return child;
        child.Memory = new ProcessMemory(kernel, image, memory);
        memory.CarryOut(out _);
        // A page for which no table was left is mapped when it is touched.
        child.Memory.CarryOut(out _);
        kernel.Local.Inherit(parent, child);
        return child;
    }

    private void Start(Process child, ForkedProcess forked)
    {
        var parent = child.Parent!.Task;
        if (parent.Affinity != KernelTask.AnyCore)
            kernel.Scheduler.Cores[parent.Affinity].PinnedCount++;
        child.Task = new ProcessTask(
            kernel.Processes.NextTask, forked.Context, parent.Affinity, kernel)
        {
            Process = child,
            Core = parent.Core,
        };
        kernel.Processes.Add(child.Task);
        kernel.Processes.Add(child);
        kernel.Scheduler.Start(child.Task);
    }

    private ProcessImage? MakeImage(Process parent, int number)
    {
        var pages = parent.Image.Pages;
        kernel.Execution.Charge(ProfileCosts.PageTableEntry, pages);
        return ProcessImage.Create(
            kernel.Machine, kernel.Memory.TableFrames, KernelMemory.OwnerOf(number),
            new AddressSpaceId((ushort)(number + 1)), pages);
    }

    private void Refuse(ForkedProcess forked, string reason) => kernel.Machine.Island.Schedule(
        kernel.NowPs, forked.Actor, new MonolithicProtocol.Refused(reason), kernel.Actor);
}
