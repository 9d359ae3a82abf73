using System.Runtime.InteropServices;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Multiplies square matrices of integers that stand in its virtual memory: a program that asks
/// nothing of its system (Engler, Kaashoek and O'Toole, SOSP 1995, table 9). It charges its
/// instructions by their number; the memory of a row is read and written as a whole.
/// </summary>
/// <param name="size">Rows and columns.</param>
/// <param name="instructions">Instructions of one multiplication and addition.</param>
/// <param name="rounds">Products that it makes; 0 for without end.</param>
public sealed class MatrixMultiply(int size, int instructions, long rounds) : IApplication
{
    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public bool UsesPages => true;

    private int RowBytes => size * sizeof(int);

    private int Pages => ((size * RowBytes) + Frame.SizeBytes - 1) / Frame.SizeBytes;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        var memory = host.Pages;
        await memory.Configure(new MemorySettings { FrameLimit = Math.Max(1_024, 3 * Pages) });
        var left = await Map(memory);
        var right = await Map(memory);
        var product = await Map(memory);
        for (var row = 0; row < size; row++)
        {
            await memory.Write(RowOf(left, row), Filled(column => row + column));
            await memory.Write(RowOf(right, row), Filled(column => row - column));
        }

        for (var round = 0L; rounds == 0 || round < rounds; round++)
        {
            var startPs = host.ClockPs;
            for (var row = 0; row < size; row++)
            {
                await MultiplyRow(host, RowOf(left, row), right, RowOf(product, row));
                await host.Settle();
            }

            host.Operations.Record(startPs, host.ClockPs);
        }
    }

    private async EmulatedTask<ulong> Map(IApplicationMemory memory)
    {
        var address = await memory.Map(Pages, MemoryProtection.ReadWrite);
        return address != 0 ? address
            : throw new ComponentFailureException($"{Pages} pages: refused");
    }

    private ulong RowOf(ulong matrix, int row) => matrix + (ulong)(row * RowBytes);

    private byte[] Filled(Func<int, int> valueOf)
    {
        var row = new int[size];
        for (var column = 0; column < size; column++)
            row[column] = valueOf(column);
        return MemoryMarshal.AsBytes(row.AsSpan()).ToArray();
    }

    private async EmulatedTask MultiplyRow(
        ApplicationHost host, ulong left, ulong right, ulong product)
    {
        var factors = new byte[RowBytes];
        var row = new byte[RowBytes];
        var sums = new byte[RowBytes];
        await host.Pages.Read(left, factors);
        for (var inner = 0; inner < size; inner++)
        {
            await host.Pages.Read(RowOf(right, inner), row);
            Add(MemoryMarshal.Cast<byte, int>(factors)[inner], row, sums);
        }

        host.Instructions((long)instructions * size * size);
        await host.Pages.Write(product, sums);
    }

    private static void Add(int factor, byte[] row, byte[] sums)
    {
        var values = MemoryMarshal.Cast<byte, int>(row);
        var totals = MemoryMarshal.Cast<byte, int>(sums.AsSpan());
        for (var column = 0; column < values.Length; column++)
            totals[column] += factor * values[column];
    }
}
