namespace Disguise.Hardware.Memory;

/// <summary>
/// The fault recording registers: the faults not yet taken by software, oldest first. When they are
/// full, later faults are counted and not recorded (VT-d specification, section 7.2.1), so that a
/// device that faults all the time cannot flood the kernel.
/// </summary>
public sealed class IommuFaultLog
{
    private readonly int capacity;
    private readonly Queue<IommuFault> faults = new();

    internal IommuFaultLog(int capacity) => this.capacity = capacity;

    /// <summary>Faults recorded and not taken.</summary>
    public int Count => faults.Count;

    /// <summary>Faults since the start, recorded or not.</summary>
    public long TotalCount { get; private set; }

    /// <summary>Faults that found the log full.</summary>
    public long OverflowCount { get; private set; }

    /// <summary>Takes the oldest fault and makes room. False when there is none.</summary>
    public bool TryTake(out IommuFault fault) => faults.TryDequeue(out fault);

    internal bool TryRecord(in IommuFault fault)
    {
        TotalCount++;
        if (faults.Count == capacity)
        {
            OverflowCount++;
            return false;
        }
        faults.Enqueue(fault);
        return true;
    }
}
