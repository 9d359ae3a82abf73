using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>
/// Makes code of a predicate when it is downloaded, as Xok does with VCODE: here the code is IL,
/// which the runtime turns into the host's instructions. There is no loop in it and no jump back,
/// so its time is bounded by its length.
/// </summary>
internal static class PredicateCompiler
{
    private const int WordBytes = 8;
    private const int LiteralBytes = 2;
    private const int BranchBytes = 5;
    private const int ReturnBytes = 1;

    private static readonly ImmutableArray<OpCode> Small =
    [
        OpCodes.Ldc_I4_M1, OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2,
        OpCodes.Ldc_I4_3, OpCodes.Ldc_I4_4, OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6,
        OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    private static readonly MethodInfo Read =
        typeof(PhysicalMemory).GetMethod(nameof(PhysicalMemory.ReadUInt32))!;

    /// <summary>Bytes of the code of a predicate.</summary>
    public static long CodeBytes(WakeupPredicate predicate)
    {
        long bytes = NumberBytes(-1) + ReturnBytes;
        int words = 0, literals = 0;
        for (var number = 0; number < predicate.Products.Length; number++)
        {
            bytes += NumberBytes(number) + ReturnBytes;
            foreach (var term in predicate.Products[number].Terms)
            {
                bytes += BranchBytes + Bytes(term.Left, ref words, ref literals)
                    + Bytes(term.Right, ref words, ref literals);
            }
        }

        return bytes;
    }

    /// <summary>Compiles a predicate.</summary>
    public static PredicateCode Compile(WakeupPredicate predicate)
    {
        var method = new DynamicMethod(
            "predicate", typeof(int), [typeof(PhysicalMemory), typeof(long[]), typeof(uint[])]);
        var code = method.GetILGenerator();
        int words = 0, literals = 0;
        for (var number = 0; number < predicate.Products.Length; number++)
        {
            var otherwise = code.DefineLabel();
            foreach (var term in predicate.Products[number].Terms)
            {
                Load(code, term.Left, ref words, ref literals);
                Load(code, term.Right, ref words, ref literals);
                code.Emit(UnlessHolds(term.Operator), otherwise);
            }

            Return(code, number);
            code.MarkLabel(otherwise);
        }

        Return(code, -1);
        if (code.ILOffset != CodeBytes(predicate))
        {
            throw new InvalidOperationException(
                $"{code.ILOffset} bytes of code, and not {CodeBytes(predicate)}");
        }

        return method.CreateDelegate<PredicateCode>();
    }

    private static int Bytes(PredicateOperand operand, ref int words, ref int literals) =>
        operand.IsWord ? WordBytes + NumberBytes(words++) : LiteralBytes + NumberBytes(literals++);

    private static int NumberBytes(int number) => number is >= -1 and <= 8 ? 1
        : number <= sbyte.MaxValue ? 2 : 5;

    /// <summary>Loads a number from -1 up, by the shortest code for it.</summary>
    private static void Load(ILGenerator code, int number)
    {
        if (NumberBytes(number) == 1)
            code.Emit(Small[number + 1]);
        else if (number <= sbyte.MaxValue)
            code.Emit(OpCodes.Ldc_I4_S, (sbyte)number);
        else
            code.Emit(OpCodes.Ldc_I4, number);
    }

    private static void Load(
        ILGenerator code, PredicateOperand operand, ref int words, ref int literals)
    {
        if (!operand.IsWord)
        {
            code.Emit(OpCodes.Ldarg_2);
            Load(code, literals++);
            code.Emit(OpCodes.Ldelem_U4);
            return;
        }

        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        Load(code, words++);
        code.Emit(OpCodes.Ldelem_I8);
        code.Emit(OpCodes.Call, Read);
    }

    /// <summary>The jump to the next product where a comparison does not hold.</summary>
    private static OpCode UnlessHolds(PredicateOperator comparison) => comparison switch
    {
        PredicateOperator.Above => OpCodes.Ble_Un,
        PredicateOperator.AtLeast => OpCodes.Blt_Un,
        PredicateOperator.Below => OpCodes.Bge_Un,
        PredicateOperator.AtMost => OpCodes.Bgt_Un,
        PredicateOperator.Equal => OpCodes.Bne_Un,
        PredicateOperator.Different => OpCodes.Beq,
        _ => throw new InvalidOperationException($"no comparison {comparison}"),
    };

    private static void Return(ILGenerator code, int number)
    {
        Load(code, number);
        code.Emit(OpCodes.Ret);
    }
}
